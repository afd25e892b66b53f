"""What is kept and what is dropped of pages of several layouts (tests/sources/pages)."""

from datetime import date
from pathlib import Path

import pytest

from sources.readers import html
from sources.readers.unreadable import Reason, Unreadable
from tests.sources.hostile import ARTICLE, PARAGRAPHS

PAGES = Path(__file__).parents[1] / "pages"
KEPT = {
    "quotidien": [
        "Devant le conseil municipal, Jeanne Roux a détaillé mardi un plan de 12 millions d’euros. "
        "L’opposition dénonce un calendrier « irréaliste ».",
        "La maire de Vernaz, Jeanne Roux, a promis mardi 2 décembre que deux écoles ouvriraient "
        "dans la commune avant la rentrée 2027. « Aucun enfant ne fera plus de quinze minutes de "
        "car », a-t-elle déclaré devant le conseil municipal.",
        "Le premier établissement, prévu quartier de la Gare, doit accueillir 240 élèves. Selon "
        "le rectorat, la commune en a gagné 18 % en cinq ans.",
        "« Un calendrier irréaliste »",
        "Pour Karim Belhadj, chef de file de l’opposition, « ce calendrier est irréaliste : le "
        "terrain n’est même pas acheté ».",
        "Non, répond la maire.",
        "« Le compromis de vente est signé depuis le 14 novembre. Je le tiens à la disposition de "
        "chacun. »",
        "Le préfet a indiqué que l’État financerait 40 % des travaux, soit 4,8 millions d’euros. "
        "Le vote du budget est attendu le 18 décembre.",
    ],
    "depeche": [
        "PARIS, 9 déc. 2025 (Sud Info)",
        "Le ministre des Comptes publics, Alain Mercier, a annoncé mardi 3,2 milliards d’euros "
        "d’économies supplémentaires en 2026, « sans hausse d’impôts ».",
        "Le coût de la mesure pour les collectivités sera « nul », a-t-il assuré à l’Assemblée. "
        "L’Association des communes évoque au contraire une perte de 800 millions d’euros.",
        "« C’est un cœur de cible : l’État d’abord », a ajouté M. Mercier, qui table sur un "
        "déficit de 4,6 % du PIB.",
        "Le texte doit être voté le 16 décembre. L’opposition a déposé 412 amendements.",
    ],
    "entretien": [
        "Invitée de la matinale, Solène Le Goff défend son plan climat et répond aux critiques "
        "des syndicats.",
        "Radio Littoral : La fermeture de la centrale est-elle toujours prévue pour 2030 ?",
        "Solène Le Goff : Oui. Nous aurons fermé la centrale le 31 décembre 2030 au plus tard, et "
        "les 340 salariés auront tous reçu une proposition.",
        "Les syndicats parlent de 90 emplois perdus…",
        "C’est faux. Le chiffre de 90 vient d’une étude de 2019, avant l’accord de reconversion. "
        "Aucun licenciement sec n’aura lieu, je m’y engage.",
        "Et la facture pour les ménages ?",
        "Elle baissera de 6 % dès 2028. J’ajoute que l’Œuvre régionale d’entraide versera 150 € "
        "aux foyers modestes.",
    ],
    "communique": [
        "La préfète de la Loue, Hélène Vasseur, a présenté vendredi le plan hivernal. Il prévoit "
        "l’ouverture de 2 500 places d’hébergement d’ici au 15 décembre, contre 1 900 l’hiver "
        "dernier.",
        "Trois mesures entrent en vigueur :",
        "- le numéro 115 est renforcé de douze écoutants ;",
        "- deux gymnases sont réquisitionnés dès que la température passe sous zéro ;",
        "- les maraudes passent de quatre à six par nuit.",
        "« Personne ne doit dormir dehors cet hiver », a déclaré la préfète, qui rendra compte "
        "chaque mois de l’exécution du plan.",
    ],
    "magazine": [
        "Le chef du gouvernement assure avoir tenu parole. Retour sur trois déclarations, au mot "
        "près.",
        "Le 14 janvier, le Premier ministre affirmait à l’Assemblée que l’âge légal « ne bougera "
        "pas d’un mois avant 2028 ».",
        "Dix mois plus tard, le projet de loi prévoit un relèvement de trois mois dès juillet "
        "2026. Matignon parle d’un « ajustement technique ».",
        "« Je n’ai jamais dit que rien ne changerait », a répondu l’intéressé lundi sur "
        "France 8. Il avait pourtant écrit aux syndicats le 3 mars que « rien ne changera pour "
        "les générations 1964 et 1965 ».",
        "La ministre du Travail, elle, a prévenu que le régime afficherait un déficit de 6,6 "
        "milliards d’euros en 2030 “si nous ne faisons rien”.",
    ],
    "national": [
        "Le premier ministre a annoncé mercredi que le gel des aides au logement était abandonné.",
        "Le premier ministre, Marc Duval, a annoncé mercredi 3 décembre que le gel des aides au "
        "logement, qui devait rapporter 108 millions d’euros, était abandonné. « Nous avons "
        "entendu les étudiants », a-t-il dit aux députés.",
        "La ministre du logement, Claire Petit, a précisé que « l’économie serait trouvée "
        "ailleurs ».",
        "Un amendement voté à une voix",
        "L’amendement a été adopté par 212 voix contre 211. « C’est une victoire pour 300 000 "
        "jeunes », s’est félicité le député Yann Kerbrat.",
        "Le National avec Sud Info",
    ],
    "spip": [
        "La régie publique assure que le mètre cube ne dépassera pas 3,90 euros d’ici à 2028.",
        "« Le prix ne bougera pas avant 2028 », a promis lundi la directrice de la régie, Anne "
        "Sorel, lors d’une réunion publique à Vernaz.",
        "L’association des usagers rappelle que la même promesse avait été faite en 2019 : le "
        "tarif avait augmenté de 14 % l’année suivante.",
        "Des fuites en baisse",
        "Selon la régie, le taux de fuite est passé de 23 % à 17 % en trois ans.",
        "P.-S.",
        "Réunion le 12 décembre à la salle des fêtes.",
    ],
    "wordpress": [
        "L’agence régionale de santé assure que la maternité restera ouverte « en 2026 et "
        "au-delà ».",
        "« Aucune fermeture n’est à l’ordre du jour », a affirmé vendredi son directeur, Luc "
        "Brunet. Le syndicat maison parle pourtant de onze lits supprimés.",
        "On nous avait dit la même chose en 2021.",
        "Une sage-femme",
        "L’agence promet un recrutement de « quatre médecins avant l’été ».",
        "Deux postes seraient déjà pourvus.",
    ],
}


def page(name: str) -> bytes:
    return (PAGES / f"{name}.html").read_bytes()


def article(more: str = "", head: str = "") -> bytes:
    return (
        ARTICLE.replace("<body>", f"<head>{head}</head><body>")
        .replace("</article>", f"{more}</article>")
        .encode()
    )


def plain(text: str) -> list[str]:
    """Paragraphs, a space of any kind as a plain one."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


@pytest.mark.parametrize("name", KEPT)
def test_of_a_page_exactly_the_article_is_kept(name):
    assert plain(html.read(page(name)).text) == KEPT[name]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859-15"])
@pytest.mark.parametrize(
    "meta", ["", "utf-8", "iso-8859-1", "windows-1252", "macintosh", "klingon"]
)
@pytest.mark.parametrize("name", KEPT)
def test_a_page_reads_the_same_in_any_charset_whatever_it_declares(name, charset, meta):
    markup = page(name).decode()
    if charset == "iso8859-15":  # which has no typographic quotes
        markup = markup.translate(str.maketrans("’“”…–", '\'"".-'))
    declared = f'<meta charset="{meta}">' if meta else ""
    markup = markup.replace('<meta charset="utf-8">', "").replace("<head>", f"<head>{declared}")
    assert html.read(markup.encode(charset)).text == html.read(markup.encode()).text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "quotidien",
            (
                "Vernaz : la maire promet deux écoles avant 2027",
                "Camille Ferrand",
                "Le Courrier des Alpes",
                "https://www.courrier-alpes.example/politique/2025/12/03/vernaz-ecoles_4512.html",
                "fr",
                date(2025, 12, 3),
            ),
        ),
        (
            "depeche",
            (
                "Budget : le ministre annonce 3,2 milliards d’économies",
                "Agence Sud Info",
                "",
                "",
                "",
                None,
            ),
        ),
        (
            "entretien",
            (
                "« Nous aurons fermé la centrale en 2030 », assure la présidente de région",
                "Inès Caradec",
                "Radio Littoral",
                "https://radio-littoral.example/entretiens/centrale-2030",
                "fr",
                date(2025, 11, 20),
            ),
        ),
        (
            "communique",
            (
                "Logement : 2 500 places d’hébergement de plus cet hiver",
                "",
                "Préfecture de la Loue",
                "https://www.loue.gouv.example/Actualites/Logement-hiver-2025",
                "fr",
                date(2025, 11, 14),
            ),
        ),
        (
            "magazine",
            (
                "Retraites : ce que le Premier ministre a vraiment promis",
                "Thomas Nguyen, Léa Morvan",
                "L’Hebdo",
                "https://lhebdo.example/retraites-promesses",
                "fr",
                date(2025, 10, 7),
            ),
        ),
        (
            "national",
            (
                "Budget 2026 : le gouvernement recule sur les APL",
                "Le National avec Sud Info",
                "Le National",
                "https://www.national.example/politique/article/2025/12/03/budget_665_823448.html",
                "fr",
                date(2025, 12, 3),
            ),
        ),
        (
            "spip",
            (
                "Eau : la régie promet un prix stable",
                "Paul Riou",
                "",
                "",
                "fr",
                date(2025, 12, 2),
            ),
        ),
        (
            "wordpress",
            (
                "Hôpital : l’ARS dément toute fermeture",
                "Sophie Lang",
                "La Gazette",
                "https://gazette.example/hopital-ars/",
                "fr",
                date(2025, 11, 25),
            ),
        ),
    ],
)
def test_what_a_page_says_of_itself_is_found(name, said):
    found = html.read(page(name))
    assert (
        found.title,
        found.byline,
        found.publisher,
        found.canonical_url,
        found.language,
        found.published_on,
    ) == said


def reason(original: bytes) -> Reason:
    with pytest.raises(Unreadable) as refusal:
        html.read(original)
    return refusal.value.reason


def test_an_article_cut_for_those_who_do_not_subscribe_is_refused():
    assert reason(page("abonnes")) is Reason.PAYWALL


@pytest.mark.parametrize(
    "notice",
    [
        "La suite est réservée aux abonnés.",
        "Contenu exclusivement réservé aux abonnés",
        "Il vous reste 65.89% à lire.",
    ],
)
def test_a_page_that_says_so_only_in_words_is_refused(notice):
    assert reason(article(f"<p>{notice}</p>")) is Reason.PAYWALL


def test_a_free_page_that_points_to_closed_ones_is_read():
    free = '<script type="application/ld+json">{"isAccessibleForFree": true}</script>'
    teaser = '<aside><a href="/x">Le plan eau</a> Article réservé aux abonnés</aside>'
    assert PARAGRAPHS[0] in html.read(article(teaser, free)).text


def test_a_closed_page_saved_signed_in_is_read():
    closed = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
    long = "".join(f"<p>Au chapitre {i}, {PARAGRAPHS[0]}</p>" for i in range(40))
    assert "Au chapitre 39" in html.read(article(long, closed)).text


@pytest.mark.parametrize("free", ["true", '"True"', '"http://schema.org/True"'])
def test_a_page_that_says_it_is_free_is_read(free):
    said = f'<script type="application/ld+json">{{"isAccessibleForFree": {free}}}</script>'
    assert plain(html.read(article(head=said)).text) == PARAGRAPHS


def test_structured_data_that_cannot_be_read_is_passed_over():
    broken = '<script type="application/ld+json">{"isAccessibleForFree": fal</script>'
    assert plain(html.read(article(head=broken)).text) == PARAGRAPHS


ASKING = (
    "<h2>Votre vie privée</h2><p>Avec votre accord, nos 842 partenaires et nous utilisons des "
    "cookies ou technologies similaires pour stocker, consulter et traiter des données "
    "personnelles telles que votre visite sur ce site. Vous pouvez retirer votre consentement à "
    "tout moment en cliquant sur le lien en bas de chaque page.</p>"
)


@pytest.mark.parametrize(
    "banner", ['id="didomi-host"', 'class="bandeau-cookies visible"', 'role="dialog"']
)
def test_a_banner_that_asks_for_consent_is_no_article(banner):
    markup = f"<html><body><div {banner}>{ASKING}</div></body></html>"
    assert reason(markup.encode()) is Reason.NO_ARTICLE


def test_an_article_is_kept_though_its_wrapping_names_a_banner():
    markup = article().decode().replace("<body>", '<body><div class="cookie-wall-open">')
    assert plain(html.read(markup.encode()).text) == PARAGRAPHS


def test_a_page_without_an_article_is_refused():
    assert reason(page("introuvable")) is Reason.NO_ARTICLE


@pytest.mark.parametrize(
    "markup", [b"<html></html>", b"<!doctype html>", b"<html><body>   </html>"]
)
def test_a_page_of_nothing_is_refused(markup):
    assert reason(markup) is Reason.NO_ARTICLE


@pytest.mark.parametrize(
    "sentence",
    [
        "À lire ses notes de campagne, le ministre n’avait rien promis du tout aux communes.",
        "Voir aussi peu d’élèves inquiète le rectorat, qui promet une enquête avant Noël.",
        "Publicité mensongère : la ministre annonce des amendes de 40 000 euros dès janvier.",
        "Publié le 3 décembre, le rapport du Sénat conclut à une hausse de 12 % en un an, a dit "
        "son auteur, qui le tient pour prudent.",
    ],
)
def test_a_sentence_that_begins_like_a_pointer_away_is_kept(sentence):
    assert sentence in html.read(article(f"<p>{sentence}</p><p>Fin du conseil.</p>")).text


@pytest.mark.parametrize(
    "block",
    [
        '<p><a href="/x">Lire aussi : la cantine coûtera plus cher</a></p>',
        '<div>À lire aussi <a href="/x">La cantine coûtera plus cher l’an prochain</a></div>',
        "<p>La suite après cette publicité</p>",
        "<p>Temps de lecture : 4 minutes</p>",
        "<p>Mis à jour le 4 décembre 2025 à 8h12</p>",
        "<figure><img src=a><figcaption>La maire, mardi. © AFP</figcaption></figure>",
    ],
)
def test_what_stands_between_paragraphs_is_dropped(block):
    marked = article().decode().replace("</p><p>", f"</p>{block}<p>", 1)
    assert plain(html.read(marked.encode()).text) == PARAGRAPHS


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0031)https://journal.example/ecoles -->",
        "<!--\n Page saved with SingleFile \n url: https://journal.example/ecoles \n-->",
    ],
)
def test_the_address_a_page_was_saved_from_stands_for_a_canonical_one(note):
    markup = f"<!DOCTYPE html>\n{note}\n".encode() + article()
    assert html.read(markup).canonical_url == "https://journal.example/ecoles"


def test_the_front_page_is_no_canonical_address():
    head = '<link rel="canonical" href="https://journal.example/">'
    assert html.read(article(head=head)).canonical_url == ""


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://[1", "file:///etc/passwd"])
def test_an_address_that_leads_nowhere_is_no_canonical_one(address):
    assert html.read(article(head=f'<link rel="canonical" href="{address}">')).canonical_url == ""
