"""Transcripts: paragraphs that begin with their speaker."""

import pytest


@pytest.mark.parametrize(
    "label",
    [
        "M. Adrien Falque, ministre de la Transition. –",
        "M. Adrien Falque (Les Territoires unis) :",
        "M. Adrien Falque. —",
    ],
)
def test_the_speaker_is_named_at_the_head_of_the_paragraph(only, label):
    claim = only(f"{label} Le seuil a été relevé en commission. (Applaudissements.)")
    assert claim.content == "Le seuil a été relevé en commission"
    assert (claim.speaker, claim.quotation) == ("Adrien Falque", "indirect")


def test_a_chair_needs_no_name(only):
    assert only("La présidente : La séance est levée à minuit.").speaker == "présidente"


def test_a_turn_of_several_sentences_is_one_claim(only):
    claim = only("Mme Rey : Le chômage a baissé. Il remontera en mars.")
    assert claim.content == "Le chômage a baissé. Il remontera en mars"


def test_a_sentence_with_a_verb_is_no_label(said):
    assert said("M. Falque était absent. Le seuil est resté le même.") == []


def test_a_quotation_after_the_label_is_quoted(only):
    claim = only("Mme Corinne Ledoux : « Votre redevance frappera les petites communes. »")
    assert (claim.speaker, claim.quotation) == ("Corinne Ledoux", "direct")


def test_giving_somebody_the_floor_is_no_claim(said):
    assert said("M. le Président. – La parole est à Mme Anne Roux.") == []
