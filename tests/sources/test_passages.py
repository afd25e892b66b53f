"""Where a passage of one snapshot is found in another text."""

from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources.passages import Fate, Folded, whereabouts

SAID = "La maire promet deux écoles."
# Few characters, so that passages recur and variants stand next to each other.
TEXTS = st.text(alphabet="ab \u00a0\n«»\"'’", max_size=30)
PASSAGES = TEXTS.map(str.strip).filter(bool)


def fate(passage, text, before="", after=""):
    return whereabouts(passage, before, after, text).fate


def occurrences(passage, text):
    words, folded = Folded(passage).text, Folded(text).text
    return sum(folded.startswith(words, at) for at in range(len(folded)))


@given(TEXTS, PASSAGES, TEXTS, TEXTS, TEXTS)
def test_a_passage_that_stands_once_is_kept_at_its_place(left, passage, right, before, after):
    text = left + passage + right
    assume(occurrences(passage, text) == 1)
    found = whereabouts(passage, before, after, text)
    assert (found.fate, found.place) == (Fate.KEPT, (len(left), len(left) + len(passage)))


@given(TEXTS, PASSAGES, TEXTS, TEXTS)
def test_without_it_it_is_gone(text, passage, before, after):
    assume(occurrences(passage, text) == 0)
    assert fate(passage, text, before, after) == Fate.GONE


@given(PASSAGES, TEXTS)
def test_doubled_with_the_same_context_it_is_ambiguous(passage, around):
    text = f"{around}|{passage}|{around}|{passage}|{around}"
    assert fate(passage, text, before="|", after="|") == Fate.AMBIGUOUS


@given(PASSAGES, TEXTS)
def test_doubled_with_another_context_it_is_kept_where_its_own_is(passage, around):
    text = f"{around}x{passage}y{around}z{passage}t{around}"
    assert whereabouts(passage, "z", "t", text).place == (
        len(around) * 2 + len(passage) + 3,
        len(around) * 2 + len(passage) * 2 + 3,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Avant. La\u00a0maire promet\u202fdeux\n écoles. Après.",
        "Avant.La maire promet deux écoles.Après.",
    ],
)
def test_kinds_of_spaces_make_no_difference(text):
    assert fate(SAID, text) == Fate.KEPT


@pytest.mark.parametrize("text", ["Elle dit “oui”.", 'Elle dit "oui".', "Elle dit «\u00a0oui »."])
def test_kinds_of_quotation_marks_make_no_difference(text):
    assert fate("Elle dit « oui ».", text) == Fate.KEPT


def test_kinds_of_apostrophes_make_no_difference():
    assert fate("l'école", "Dans l’école.") == Fate.KEPT


@pytest.mark.parametrize(
    "text",
    [
        "La maire promet trois écoles.",
        "la maire promet deux écoles.",
        "La maire promet deux ecoles.",
        "La maire promet deux écoles",
        "",
    ],
)
def test_anything_else_changed_makes_it_gone(text):
    assert fate(SAID, text) == Fate.GONE


def test_the_place_is_that_of_the_text_and_not_of_its_folded_form():
    text = "  « Oui » ,  dit-elle.\n\nL’école   ouvre."
    start, end = whereabouts("L'école ouvre.", "", "", text).place
    assert text[start:end] == "L’école   ouvre."


def test_one_side_of_the_context_is_enough_if_it_speaks_for_one_place():
    assert whereabouts("oui", "dit ", " hier", "il dit oui. Il a crié oui.").place == (7, 10)


def test_the_two_sides_of_the_context_at_two_places_leave_it_ambiguous():
    assert fate("oui", "dit oui demain, crié oui hier", "dit ", " hier") == Fate.AMBIGUOUS


@pytest.mark.parametrize("pattern", ["a", " ", "« ", "mot ", "’"])
def test_two_megabytes_of_anything_are_searched_in_seconds(pattern):
    text = pattern * (2_000_000 // len(pattern))
    began = process_time()
    whereabouts("« mot » a’b", pattern * 32, pattern * 32, text)
    assert process_time() - began < 10
