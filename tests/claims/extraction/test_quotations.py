"""Words in quotation marks: before, around and after the cue, over several sentences, alone."""

import pytest

from claims.extraction.quotations import find_quotations


def test_a_quotation_before_its_cue_is_direct(only):
    claim = only("« La situation est sous contrôle », a déclaré Claire Delmas.")
    assert claim.content == "La situation est sous contrôle"
    assert (claim.quotation, claim.cue, claim.source) == ("direct", "a déclaré", "Claire Delmas")


def test_an_inverted_pronoun_is_the_source(only):
    claim = only("« On reviendra », prévient-elle.")
    assert (claim.cue, claim.source) == ("prévient", "elle")


def test_an_inverted_cue_keeps_its_pronoun(only):
    claim = only("« On reviendra », a-t-elle prévenu.")
    assert (claim.cue, claim.source) == ("a-t-elle prévenu", "elle")


def test_an_inserted_clause_splits_the_quotation(only):
    claim = only("« Personne, résume Paul Vidal, ne sait combien partiront. »")
    assert claim.content == "Personne … ne sait combien partiront"
    assert claim.quotation == "direct"


def test_an_inserted_clause_splits_words_without_marks(only):
    claim = only("Neuf blessés sont sortis, a précisé la police, tandis que deux y sont encore.")
    assert claim.content == "Neuf blessés sont sortis … tandis que deux y sont encore"
    assert claim.quotation == "indirect"


def test_a_subject_waits_for_its_verb_past_the_inserted_clause(only):
    claim = only("Le texte, relève sa directrice, ne mentionne pas le gaz.")
    assert claim.content == "Le texte … ne mentionne pas le gaz"


def test_a_colon_brings_in_several_sentences(only):
    claim = only("Le maire explique : « La commune a payé. L'État doit payer aussi. »")
    assert claim.content == "La commune a payé. L'État doit payer aussi"


def test_a_quotation_of_part_of_the_content_is_mixed(only):
    claim = only("Le préfet assure que l'eau est « parfaitement potable ».")
    assert (claim.content, claim.quotation) == ("l'eau est « parfaitement potable »", "mixed")


def test_a_quotation_that_follows_a_claim_belongs_to_it(only):
    claim = only("« C'est un jour noir », a déclaré Paul Vidal. « Nous avons tout perdu. »")
    assert claim.content == "C'est un jour noir … Nous avons tout perdu"


def test_a_name_and_a_colon_are_enough(only):
    claim = only("Le préfet, Sylvain Courtade : « N'allez pas chercher vos enfants. »")
    assert (claim.cue, claim.speaker) == (None, "Sylvain Courtade")


def test_the_line_below_a_quotation_may_sign_it(only):
    claim = only("« Nous avons été en contact avec les autorités iraniennes. »\n— Jenny Psaki")
    assert claim.speaker == "Jenny Psaki"


def test_a_rare_verb_between_a_quotation_and_a_name_is_a_cue(only):
    claim = only("« Trop peu, trop tard », maugrée une infirmière.")
    assert (claim.cue, claim.speaker) == ("maugrée", "infirmière")


MARKS = [
    ("« ", " »"), ("«", "»"), ("«\u00a0", "\u00a0»"), ("«\u202f", "\u202f»"),
    ("«\u2009", "\u2009»"),
    ("“", "”"), ("„", "“"), ("‘", "’"), ("‹ ", " ›"), ('"', '"'), ("'", "'"), ("''", "''"),
    ("« ", "”"), ('"', " »"), ("“", '"'),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "closing"), MARKS)
def test_every_style_of_mark_opens_and_closes_a_quotation(only, opening, closing):
    claim = only(f"{opening}La digue tiendra{closing}, a assuré Claire Delmas.")
    assert (claim.content, claim.quotation) == ("La digue tiendra", "direct")


@pytest.mark.parametrize(("opening", "closing"), MARKS)
def test_every_style_of_mark_is_read(only, opening, closing):
    claim = only(f"Le maire a décrit un accord {opening}utile{closing} et rapide.")
    assert claim.quotation == "mixed"


def test_a_mark_glued_to_the_word_before_it_opens_a_quotation(only):
    claim = only("Le rapport indique que les alliés montrent un'manque de confiance' persistant.")
    assert claim.quotation == "mixed"
    assert claim.content == "les alliés montrent un'manque de confiance' persistant"


def test_a_quotation_that_nobody_opened_begins_with_its_sentence(only):
    claim = only("Il y a toujours un risque' a déclaré Claire Delmas.")
    assert (claim.content, claim.quotation) == ("Il y a toujours un risque", "direct")


def test_a_quotation_that_nobody_closed_ends_with_its_sentence(only):
    claim = only("Selon deux diplomates, ce texte est « bon pour les archives.")
    assert claim.quotation == "mixed"
    assert claim.content.endswith("bon pour les archives")


def test_an_apostrophe_opens_nothing(only):
    assert only("L'élu dit qu'aujourd'hui l'eau n'est plus potable.").quotation == "indirect"


@pytest.mark.parametrize(
    "text",
    [
        "L'élue a grandi dans les années '90.",
        'La vitre fait 12" de large.',
        "Il gagne 5'000 francs par mois.",
    ],
)
def test_years_measures_and_thousands_open_nothing(text):
    assert find_quotations(text, [(0, len(text))]) == []


def test_marks_may_nest(said):
    outer, inner = said("« Le préfet m'a dit : “Rentrez chez vous” », raconte Claire Delmas.")
    assert (outer.content[:9], outer.speaker) == ("Le préfet", "Claire Delmas")
    assert (inner.content, inner.quotation) == ("Rentrez chez vous", "direct")


def test_the_same_marks_may_nest(only):
    claim = only("« Il m'a dit « rentrez » et je suis partie », raconte Claire Delmas.")
    assert claim.content == "Il m'a dit « rentrez » et je suis partie"


def test_a_quotation_may_hold_several_sentences(only):
    claim = only("« La digue tiendra. Rien ne presse », a assuré Claire Delmas.")
    assert claim.content == "La digue tiendra. Rien ne presse"


def test_a_cue_between_two_quotations_joins_them(only):
    claim = only("« La digue », explique Claire Delmas, « tiendra jusqu'en mai. »")
    assert claim.content == "La digue … tiendra jusqu'en mai"


def test_a_mannered_word_after_a_cue_is_no_second_half(only):
    claim = only("« La digue tiendra », assure Claire Delmas, « reine » du port depuis 2010.")
    assert claim.content == "La digue tiendra"


@pytest.mark.parametrize("dash", ["—", "–", "-"])
def test_a_dialogue_in_dashes_is_cited_line_by_line(said, dash):
    first, second = said(
        f"{dash} La digue va céder, affirme le maire.\n{dash} Non, elle tiendra, répond Paul Vidal."
    )
    assert (first.content, first.speaker) == ("La digue va céder", "maire")
    assert (second.content, second.speaker) == ("Non, elle tiendra", "Paul Vidal")


# A quotation over several paragraphs: the mark repeated at each start, or none until the last.
PARAGRAPHS = [
    "« La digue tiendra. Nous y veillons.\n« Rien ne presse »",
    "« La digue tiendra. Nous y veillons.\n» Rien ne presse »",
    "« La digue tiendra. Nous y veillons.\n\nRien ne presse »",
    "“La digue tiendra. Nous y veillons.\n“Rien ne presse”",
    '"La digue tiendra. Nous y veillons.\n"Rien ne presse"',
]


@pytest.mark.parametrize("quotation", PARAGRAPHS)
def test_a_cue_after_the_last_paragraph_cites_them_all(only, quotation):
    claim = only(f"{quotation}, a assuré Claire Delmas.")
    assert claim.content == "La digue tiendra. Nous y veillons … Rien ne presse"
    assert claim.quotation == "direct"


@pytest.mark.parametrize("quotation", PARAGRAPHS)
def test_a_cue_before_the_first_paragraph_cites_them_all(only, quotation):
    claim = only(f"Claire Delmas a assuré : {quotation}.")
    assert claim.content == "La digue tiendra. Nous y veillons … Rien ne presse"


def test_a_cue_inside_one_paragraph_cites_them_all(only):
    claim = only(
        "« La digue tiendra, a assuré Claire Delmas.\n« Rien ne presse.\n« Il fait beau. »"
    )
    assert claim.content == "La digue tiendra … Rien ne presse … Il fait beau"


def test_a_closed_quotation_does_not_go_on_in_the_next_paragraph(said):
    first, second = said(
        "« La digue tiendra », a assuré Claire Delmas.\n« Elle cédera », a répondu Paul Vidal."
    )
    assert (first.content, second.content) == ("La digue tiendra", "Elle cédera")


def test_an_unclosed_quotation_ends_before_one_of_somebody_else(said):
    first, second = said(
        "Claire Delmas l'assure : « La digue tiendra.\nPaul Vidal répond : « Elle cédera. »"
    )
    assert (first.content, first.speaker) == ("La digue tiendra", "Claire Delmas")
    assert (second.content, second.speaker) == ("Elle cédera", "Paul Vidal")


def test_an_unclosed_quotation_ends_with_its_sentence_where_another_opens(said):
    claims = said('"Nous partons, a dit Paul Vidal. Le maire a promis une digue "d\'ici mai".')
    assert [claim.quotation for claim in claims] == ["direct", "mixed"]


def test_an_infinitive_narrates(only):
    claim = only("Et Paul Garnier de conclure : « La route sera longue. »")
    assert (claim.speaker, claim.content) == ("Paul Garnier", "La route sera longue")


def test_an_infinitive_without_a_subject_is_for_whoever_spoke_last(said):
    text = "« Nous tiendrons », a dit Paul Garnier. Et d'ajouter : « La route sera longue. »"
    assert [claim.speaker for claim in said(text)] == ["Paul Garnier", "Paul Garnier"]


def test_one_may_read_in_a_document(only):
    claim = only("« Le réseau est coupé », peut-on lire dans le communiqué.")
    assert (claim.cue, claim.source) == ("peut-on lire", "le communiqué")


def test_a_role_introduces_a_quotation_without_a_cue(only):
    claim = only("L'entraîneur ne décolère pas : « C'est une décision inadmissible. »")
    assert (claim.cue, claim.source) == (None, "L'entraîneur")


def test_a_first_name_introduces_a_quotation_without_a_cue(only):
    claim = only("Gérard, 67 ans, est reparti sceptique : « Tout le monde ment ici. »")
    assert (claim.cue, claim.speaker) == (None, "Gérard")


def test_a_quotation_after_a_colon_goes_on_with_an_inserted_clause(only):
    claim = only("Rien n'est joué, tempère Claire Roux : « Les chiffres manquent encore. »")
    assert claim.content == "Rien n'est joué … Les chiffres manquent encore"


def test_an_english_genitive_opens_no_quotation(only):
    claim = only("L'agence Moody's affirme que la note « baissera » en juin.")
    assert claim.content == "la note « baissera » en juin"
