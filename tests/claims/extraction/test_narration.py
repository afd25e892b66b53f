"""Claims in the paper's own voice."""

import pytest


def contents(claims):
    return [claim.content for claim in claims]


def test_an_event_with_figures_is_a_claim(narrated):
    text = "Une cinquantaine d'habitants de Vernaz ont passé la nuit du 3 mai dans un gymnase."
    assert contents(narrated(text)) == [text[:-1]]


def test_a_narrated_claim_has_no_speaker_and_no_quotation(narrated):
    (claim,) = narrated("Le CAC 40 a clôturé mardi à 8.102 points, en repli de 0,1 %.")
    assert (claim.speaker, claim.cue, claim.source, claim.quotation) == (None, None, None, "none")


def test_a_sentence_with_a_claim_is_not_narrated(narrated):
    assert narrated("Le maire a déclaré que 12 maisons avaient brûlé mardi.") == []


def test_a_transition_is_no_claim(narrated):
    assert narrated("Reste que la route sera longue.") == []


def test_a_question_is_no_claim(narrated):
    assert narrated("Combien de maisons ont brûlé mardi à Vernaz ?") == []


def test_a_headline_is_no_claim(narrated, said):
    text = (
        "Vernaz : le maire promet deux écoles\n\n"
        "Le village de Vernaz compte 800 habitants et deux routes départementales."
    )
    assert said(text) == []
    assert len(narrated(text)) == 1


def test_a_dateline_is_no_part_of_a_claim(narrated):
    (claim,) = narrated("Sion (ARI) - Onze personnes ont été blessées mardi à Vernaz.")
    assert claim.content == "Onze personnes ont été blessées mardi à Vernaz"


@pytest.mark.xfail(reason="the weights take Luc Morand for the source of the warning")
def test_a_report_long_of_some_pages_is_the_source_of_its_warning(narrated):
    text = "Luc Morand a publié un rapport de 33 pages mettant en garde contre une pénurie d'eau."
    assert contents(narrated(text)) == ["Luc Morand a publié un rapport de 33 pages"]


def test_the_event_that_brings_in_a_document_is_narrated(narrated, said):
    text = "La ministre a publié lundi un rapport mettant en garde contre une pénurie d'eau."
    assert contents(narrated(text)) == ["La ministre a publié lundi un rapport"]
    assert contents(said(text)) == ["une pénurie d'eau"]
