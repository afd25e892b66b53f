"""What institutions, documents and unnamed sources are called."""

import pytest

from claims.extraction.antecedent_features import pairs
from claims.extraction.article import parse
from claims.extraction.cast import Cast
from claims.extraction.entities import people
from claims.extraction.folding import fold
from claims.extraction.mentions import read_mention
from claims.extraction.organisations import organisations
from claims.extraction.sources import Source


def speakers(claims):
    return [claim.speaker for claim in claims]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Le site Vérifox", "Vérifox"),
        ("La chaîne publique RTL Info", "RTL Info"),
        ("L'agence de presse Belga", "Belga"),
        ("L'ONG Terre commune", "Terre commune"),
        ("La société Frigalp", "Frigalp"),
    ],
)
def test_a_label_before_a_name_is_no_part_of_it(only, source, speaker):
    claim = only(f"{source} affirme que les comptes sont faux.")
    assert (claim.speaker, claim.speaker_kind) == (speaker, "organisation")


def test_a_noun_that_belongs_to_the_name_stays(only):
    claim = only("L'hôpital Marmont affirme que les lits manquent.")
    assert claim.speaker == "hôpital Marmont"


def test_a_name_is_written_as_the_article_writes_it(only):
    claim = only("Un photographe de l' AFP affirme que le pont est tombé.")
    assert claim.speaker == "photographe de l'AFP"


def test_joined_institutions_are_one_speaker_without_articles(only):
    claim = only("Selon la NASA et l'ESA, la sonde est perdue.")
    assert claim.speaker == "NASA et ESA"


def test_a_common_noun_takes_up_the_name_it_labels(said):
    text = (
        "La compagnie Aerolys a perdu deux avions. Airbus et Boeing enquêtent. "
        "La compagnie affirme que ses pilotes sont formés."
    )
    assert speakers(said(text)) == ["Aerolys"]


def test_a_common_noun_takes_up_a_name_of_its_sort(said):
    text = "La firme Nexagro vend des semences. L'entreprise affirme que ses semences sont sûres."
    assert speakers(said(text)) == ["Nexagro"]


def test_a_common_noun_takes_up_the_name_that_begins_with_it(said):
    text = (
        "L'Autorité de contrôle des jeux a rendu son avis mardi. "
        "L'autorité estime que la loterie est loyale."
    )
    assert speakers(said(text))[-1] == "Autorité de contrôle des jeux"


def test_the_government_is_the_one_the_article_speaks_of(said):
    text = (
        "Le gouvernement turc a reçu des émissaires. Les discussions ont duré deux jours. "
        "Le gouvernement assure que la trêve tiendra."
    )
    assert speakers(said(text)) == ["gouvernement turc"]


def test_a_government_of_which_nothing_more_is_said_is_just_that(only):
    assert only("Le gouvernement assure que la trêve tiendra.").speaker == "gouvernement"


def test_a_noun_that_says_which_is_not_taken_for_another(said):
    text = (
        "La fédération allemande de judo a protesté. "
        "La fédération chilienne affirme que l'arbitre a triché."
    )
    assert speakers(said(text))[-1] == "fédération chilienne"


def test_a_pronoun_for_an_institution_has_its_full_name(said):
    text = (
        "La compagnie Aerolys a perdu deux avions. "
        "La compagnie affirme que ses pilotes sont formés. Elle ajoute que les avions sont neufs."
    )
    assert speakers(said(text)) == ["Aerolys", "Aerolys"]


def test_the_staff_of_a_name_tells_that_it_is_an_organisation(said):
    text = (
        "Les salariés de Verrelec sont inquiets. L'entreprise affirme que l'usine restera ouverte."
    )
    assert speakers(said(text))[-1] == "Verrelec"


def test_two_names_that_fit_alike_are_both_candidates(said):
    text = (
        "La société Frigalp et la société Nordalp ont signé un accord. "
        "La société affirme que les prix baisseront."
    )
    claim = said(text)[-1]
    assert claim.speaker in claim.speaker_candidates


def test_the_town_hall_is_that_of_the_town(said):
    text = (
        "Un incendie s'est déclaré à Lormont. À Lormont, deux écoles sont fermées. "
        "La mairie affirme que le feu est éteint."
    )
    assert speakers(said(text)) == ["mairie de Lormont"]


def test_the_office_of_the_minister_is_that_of_the_one_named(said):
    text = (
        "Le ministre Luc Morand est absent. Le cabinet du ministre affirme que la loi sera prête."
    )
    assert speakers(said(text)) == ["cabinet de Luc Morand"]


def test_an_article_contracts_with_a_name_that_has_one(said):
    text = (
        "Le quotidien Le Messager a paru hier. Le Messager est en grève. "
        "Un dessinateur du journal affirme que la censure progresse."
    )
    assert speakers(said(text)) == ["dessinateur du Messager"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Le rapport rédigé par les élus", "rapport des élus"),
        ("Une enquête réalisée par l'institut Opsia", "enquête de l'institut Opsia"),
        ("Un rapport de la Cour remis lundi", "rapport de la Cour"),
        ("Une note interne datée de 2020", "note interne"),
        ("Les derniers sondages", "sondages"),
    ],
)
def test_a_document_is_its_authors_without_its_date(only, source, speaker):
    claim = only(f"Selon {source[0].lower()}{source[1:]}, les prix ont baissé.")
    assert fold(claim.speaker) == fold(speaker)
    assert claim.speaker_kind == "document"


def test_the_text_is_the_document_named_before(said):
    text = "Le communiqué de la présidence a paru lundi. Le texte affirme que la trêve tiendra."
    assert speakers(said(text)) == ["communiqué de la présidence"]


def test_a_study_may_be_called_a_survey(said):
    text = "L'enquête de l'institut Opsia a paru lundi. L'étude montre que les prix baissent."
    assert speakers(said(text)) == ["enquête de l'institut Opsia"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Seuls 9 % des cadres", "cadres"),
        ("La plupart des habitants", "habitants"),
        ("L'ensemble des syndicats", "syndicats"),
        ("Deux commerçants joints par téléphone", "commerçants"),
        ("Quelque 200 chercheurs", "chercheurs"),
    ],
)
def test_an_unnamed_source_has_neither_quantity_nor_interview(only, source, speaker):
    claim = only(f"{source} estiment que l'accord est mort.")
    assert (claim.speaker, claim.speaker_kind) == (speaker, "anonymous")


def test_a_group_is_taken_up_as_it_was_described(said):
    text = (
        "Des chercheurs chinois ont publié leurs travaux. "
        "Les chercheurs affirment que le virus recule."
    )
    assert speakers(said(text)) == ["chercheurs chinois"]


def test_the_prefecture_is_that_of_the_county(said):
    text = (
        "Un incendie s'est déclaré à Flamont, dans la Manche. "
        "Selon la préfecture, le feu est éteint."
    )
    assert speakers(said(text)) == ["préfecture de la Manche"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("les informations de la presse locale", "presse locale"),
        ("les informations relatées par la presse locale", "presse locale"),
        ("les dires du témoin", "témoin"),
    ],
)
def test_what_somebody_told_is_not_the_speaker(only, source, speaker):
    assert only(f"Selon {source}, le pont est tombé.").speaker == speaker


def test_a_note_of_a_bank_is_not_a_person(only):
    claim = only("Selon une note de la banque Hohenried, les taux baisseront.")
    assert (claim.speaker, claim.speaker_kind) == ("note de la banque Hohenried", "document")


def test_one_of_a_group_is_one_of_it(only):
    claim = only("L'un des avocats des deux requérants affirme que la loi est claire.")
    assert claim.speaker == "avocat des deux requérants"


def test_one_of_somebodys_people_is_his(said):
    text = "Luc Morand est absent. L'un de ses avocats affirme que la loi est claire."
    assert speakers(said(text)) == ["avocat de Luc Morand"]


def test_an_acronym_that_spells_another_language_is_still_an_acronym(said):
    text = (
        "L'Autorité turque des communications (BTK) a fermé le site. "
        "La BTK affirme que la loi le permet."
    )
    assert speakers(said(text))[-1] == "Autorité turque des communications"


def test_an_accord_keeps_its_date(only):
    assert (
        only("Selon l'accord du 31 décembre, le président partira.").speaker
        == "accord du 31 décembre"
    )


def test_a_new_study_is_a_study(only):
    claim = only("Selon une nouvelle étude de l'université de Lorme, les abeilles comptent.")
    assert claim.speaker == "étude de l'université de Lorme"


def test_a_number_that_begins_a_name_stays(only):
    assert only("Selon 20 Minutes, le pont est tombé.").speaker == "20 Minutes"


def test_a_name_of_two_things_keeps_its_article(only):
    claim = only("Selon la Ligue de la nature et l'homme, les abeilles comptent.")
    assert claim.speaker == "Ligue de la nature et l'homme"


def test_initials_stand_for_the_name_they_spell(said):
    text = "L'Union africaine a réuni ses membres. L'UA affirme que la paix reviendra."
    assert speakers(said(text)) == ["Union africaine"]


def test_a_name_goes_on_after_its_acronym(only):
    claim = only("Selon la Société des journalistes (SDJ) d'Infolac, la grève continue.")
    assert claim.speaker == "Société des journalistes d'Infolac"


def test_a_city_is_no_newspaper_that_bears_its_name(said):
    text = "Washington affirme que la paix reviendra. Le Washington Post en doute."
    assert speakers(said(text))[0] == "Washington"


def test_the_same_source_is_the_one_before(said):
    text = (
        "Selon une enquête de l'institut Opsia, les prix baissent. "
        "Selon la même source, les salaires montent."
    )
    assert speakers(said(text)) == ["enquête de l'institut Opsia"] * 2


def test_the_same_note_is_the_one_before(said):
    text = (
        "Selon une note interne de la banque Hohenried, les prix baissent. "
        "La même note affirme que les salaires montent."
    )
    assert speakers(said(text)) == ["note interne de la banque Hohenried"] * 2


def test_a_maker_is_taken_up_by_its_trade(said):
    text = "Le constructeur Autoval ferme une usine. Le constructeur affirme que tout ira bien."
    assert speakers(said(text)) == ["Autoval"]


def test_a_plural_takes_up_no_single_country(extractor):
    [doc] = parse(extractor.nlp, [("Le Maroc a signé. Les pays sont contents.", None)], 1)
    cast = Cast(doc, people(doc), organisations(doc))
    assert pairs(cast, read_mention(doc, Source(5, 7, 6))) == []


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Le syndicat majoritaire, l'UNES,", "UNES"),
        ("La première banque du pays, la Banque Valmy,", "Banque Valmy"),
    ],
)
def test_a_name_in_apposition_is_the_name(only, source, speaker):
    assert only(f"{source} affirme que les comptes sont faux.").speaker == speaker


def test_an_acronym_may_be_written_as_a_word(said):
    text = (
        "La Fédération internationale de football (Fifa) affirme que le match aura lieu. "
        "La Fifa assure que le stade est prêt. La fédération chilienne juge la date absurde."
    )
    assert speakers(said(text)) == [
        "Fédération internationale de football",
        "Fédération internationale de football",
        "fédération chilienne",
    ]


def test_a_place_in_brackets_is_no_acronym(said):
    text = (
        "La Commission de Lorme (Corse) affirme que l'eau monte. La Corse dément que l'eau monte."
    )
    assert speakers(said(text)) == ["Commission de Lorme", "Corse"]


def test_where_somebody_spoke_is_no_part_of_a_description(only):
    claim = only("« Je n'ai jamais vu cet homme », a dit un témoin à la barre.")
    assert claim.speaker == "témoin"


def test_a_mark_that_opens_in_a_name_closes_there(only):
    claim = only("L'auteur de « La Mer » affirme que le film est fini.")
    assert claim.speaker == "auteur de « La Mer »"


def test_an_acronym_that_spells_another_language_is_its_name(said):
    text = "Les Nations unies ont envoyé des casques bleus. L'ONU affirme que la trêve tient."
    assert speakers(said(text)) == ["Nations unies"]


def test_a_court_is_the_one_the_article_names(said):
    text = (
        "La cour d'appel de Lorme a condamné l'ancien préfet. "
        "La cour estime que les faits sont graves."
    )
    assert speakers(said(text))[-1] == "cour d'appel de Lorme"


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Le syndicat Paysans debout", "Paysans debout"),
        ("L'association Rail pour tous", "Rail pour tous"),
        ("L'association Littoral vivant", "Littoral vivant"),
    ],
)
def test_a_name_goes_on_up_to_its_verb(only, source, speaker):
    assert only(f"{source} demande un recours.").speaker == speaker


def test_a_name_ends_before_its_verb(only):
    assert only("La Chambre de commerce déplore la décision.").speaker == "Chambre de commerce"


def test_what_is_asked_of_an_institution_is_no_part_of_its_name(said):
    text = (
        "La Fédération demande au gouvernement de la reporter d'un an. "
        "Le gouvernement affirme que tout va bien."
    )
    assert speakers(said(text))[-1] == "gouvernement"


def test_a_mention_ends_before_a_participle_and_its_circumstance(only):
    claim = only("Selon les résultats officiels tombés dans la nuit, le maire a gagné.")
    assert claim.speaker == "résultats officiels"


def test_what_was_called_a_company_is_no_trade_union(said):
    text = (
        "La direction de Valmob a annoncé mardi 140 départs. Dans un communiqué, l'entreprise "
        "invoque la hausse du prix du bois. La Fédération des métiers du bois (FMB) dénonce un "
        "plan financier. Le directeur assure que Valmob embauchera. Le syndicat affirme "
        "qu'une vente est prévue."
    )
    assert speakers(said(text))[-1] == "Fédération des métiers du bois"


def test_a_noun_with_a_capital_is_short_for_no_other_name(said):
    text = "Le Stade Mornais a limogé son entraîneur. La Ligue assure que le dossier est suivi."
    assert speakers(said(text)) == ["Ligue"]


def test_an_institution_whose_head_is_named_after_a_comma_is_taken_up(said):
    text = (
        "La présidente du club de natation, Odile Ferrand, est en colère. "
        "Le club assure que les nageurs partiront."
    )
    assert speakers(said(text)) == ["club de natation"]


def test_who_leads_a_government_of_a_country_is_no_part_of_its_name(only):
    claim = only("Le gouvernement italien de Luc Morand affirme que les comptes sont justes.")
    assert claim.speaker == "gouvernement italien"


def test_a_participle_alone_is_no_part_of_a_document(only):
    claim = only("D’après le nouveau bilan communiqué, douze personnes sont mortes.")
    assert claim.speaker == "nouveau bilan"
