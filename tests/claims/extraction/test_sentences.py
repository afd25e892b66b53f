"""Sentences an editor sees: in order, apart, right without a full stop."""

import pytest


def sentences(reading, text):
    return [text[start:end] for start, end in reading.sentences]


def test_abbreviations_and_initials_do_not_end_a_sentence(read):
    text = "M. Morand est là. Le Dr. Paul J. Vidal aussi."
    assert sentences(read(text), text) == ["M. Morand est là.", "Le Dr. Paul J. Vidal aussi."]


def test_a_closing_mark_belongs_to_its_sentence(read):
    text = "« Il part. » Le maire reste."
    assert sentences(read(text), text) == ["« Il part. »", "Le maire reste."]


def test_every_line_ends_a_sentence(read):
    text = "Un titre sans point\nUne phrase. Une autre"
    assert sentences(read(text), text) == ["Un titre sans point", "Une phrase.", "Une autre"]


def test_an_empty_text_has_none(read):
    reading = read(" \n ")
    assert (reading.sentences, reading.claims) == ((), ())


def test_the_source_sentence_of_a_claim_is_one_of_them(read):
    text = "Rien ne va. Le maire affirme que la piscine fermera. Tout va."
    reading = read(text)
    (claim,) = [claim for claim in reading.claims if claim.cue]
    assert claim.sentence == reading.sentences[1]


def test_several_sentences_in_quotation_marks_are_several(read):
    text = "« Il part. Elle reste. » Le maire hésite."
    assert sentences(read(text), text) == ["« Il part.", "Elle reste. »", "Le maire hésite."]


def test_brackets_hold_their_sentences_together(read):
    text = "Le maire (il est malade. Il reviendra.) se tait. Paul Vidal parle."
    assert sentences(read(text), text) == [
        "Le maire (il est malade. Il reviendra.) se tait.", "Paul Vidal parle.",
    ]  # fmt: skip


def test_a_dateline_is_a_sentence_of_its_own(read):
    text = "Valmère (ARI) - La digue tient."
    assert sentences(read(text), text) == ["Valmère (ARI) -", "La digue tient."]


def test_each_line_of_a_dialogue_is_a_sentence(read):
    text = "— Vous partez ? — Non, je reste."
    assert sentences(read(text), text) == ["— Vous partez ?", "— Non, je reste."]


@pytest.mark.parametrize("end", ["souffle à 140 km/h.", "se lève vers 9 h.", "tombe."])
def test_a_stop_glued_to_a_unit_ends_its_sentence(read, end):
    text = f"Le vent {end} La digue tient."
    assert sentences(read(text), text) == [f"Le vent {end}", "La digue tient."]
