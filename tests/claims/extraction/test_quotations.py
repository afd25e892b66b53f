"""Words in quotation marks: before, around and after the cue, over several sentences, alone."""

import pytest


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


@pytest.mark.parametrize(
    ("opening", "closing"), [("« ", " »"), ("“", "”"), ('"', '"'), ("'", "'"), ("«", "»")]
)
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
