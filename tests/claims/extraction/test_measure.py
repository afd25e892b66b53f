"""The scores: what counts as found."""

import pytest

from claims.extraction.evaluation.measure import fold, measure


def claim(start, end, **fields):
    return {
        "content": [[start, end]],
        "cue": None,
        "source": None,
        "speaker": "Jeanne Roux",
        "speaker_kind": "person",
        "quotation": "indirect",
        "kind": "fact",
        "said_on": None,
    } | fields


def figures(gold, predicted, text="abcdefghijklmnopqrstuvwxyz"):
    record = {"id": "a", "text": text}
    return measure([(record | {"claims": gold}, record | {"claims": predicted})])


def test_half_the_words_in_common_are_a_pair():
    assert figures([claim(0, 10)], [claim(0, 5)])["attributed"]["f1"] == 1.0


def test_less_than_half_is_none():
    assert figures([claim(0, 10)], [claim(0, 4)])["attributed"]["f1"] == 0.0


def test_only_the_very_words_are_exact():
    assert figures([claim(0, 10)], [claim(0, 9)])["exact"]["f1"] == 0.0


def test_a_claim_finds_one_partner_only():
    assert figures([claim(0, 10)], [claim(0, 10), claim(0, 9)])["attributed"]["p"] == 0.5


def test_a_wrong_speaker_costs_the_speaker_figure():
    found = figures([claim(0, 10)], [claim(0, 10, speaker="Luc Morand")])
    assert (found["attributed"]["f1"], found["speaker"]["f1"]) == (1.0, 0.0)


def test_narration_is_compared_apart():
    own = claim(0, 10, speaker=None, speaker_kind="narrator", quotation="none")
    found = figures([own], [claim(0, 10)])
    assert (found["narrated"]["r"], found["attributed"]["p"]) == (0.0, 0.0)


def test_parts_count_where_the_gold_has_them():
    gold = claim(0, 10, parts=[[0, 5], [6, 10]])
    found = figures([gold], [claim(0, 10, parts=[[0, 5]])])
    assert (found["parts"]["p"], found["parts"]["r"]) == (1.0, 0.5)


def test_another_text_cannot_be_compared():
    with pytest.raises(ValueError, match="another text"):
        measure([({"id": "a", "text": "x", "claims": []}, {"text": "y", "claims": []})])


@pytest.mark.parametrize(
    ("a", "b"), [("Le Monde", "monde"), ("M. Élie Khoury", "Elie Khoury"), ("l'ONU", "L’ONU")]
)
def test_names_are_compared_without_case_accents_titles_and_articles(a, b):
    assert fold(a) == fold(b)
