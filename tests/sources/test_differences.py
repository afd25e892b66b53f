"""What differs between two texts."""

import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.differences import compare
from sources.paragraphs import paragraph_spans

TEXTS = st.lists(st.sampled_from(["Un.", "Un deux.", "Deux trois un.", "Trois", "", " "])).map(
    "\n".join
)


def told(before, after):
    """Each paragraph as it would be written down: [removed] and {added}."""
    return ["".join(_written(piece, before, after) for piece in p) for p in compare(before, after)]


def _written(piece, before, after):
    if piece.after is None:
        return f"[{before[slice(*piece.before)]}]"
    words = after[slice(*piece.after)]
    return words if piece.before else f"{{{words}}}"


def side(paragraphs, text, name):
    """The paragraphs of one of the two texts, put together from the pieces."""
    spans = [[getattr(p, name) for p in pieces if getattr(p, name)] for pieces in paragraphs]
    return ["".join(text[a:b] for a, b in part) for part in spans if part]


@given(TEXTS, TEXTS)
def test_each_text_is_whole_in_what_differs(before, after):
    found = compare(before, after)
    for text, name in ((before, "before"), (after, "after")):
        assert side(found, text, name) == [text[a:b] for a, b in paragraph_spans(text)]


@given(TEXTS, TEXTS)
def test_what_stands_in_both_is_the_same(before, after):
    for piece in (piece for pieces in compare(before, after) for piece in pieces):
        if piece.before and piece.after:
            assert before[slice(*piece.before)] == after[slice(*piece.after)]


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert all(piece.before and piece.after for p in compare(text, text) for piece in p)


def test_a_changed_word_is_marked_in_its_paragraph():
    assert told("La maire promet deux écoles.", "La maire promet trois écoles.") == [
        "La maire promet [deux]{trois} écoles."
    ]


def test_words_changed_side_by_side_are_marked_together():
    assert told("Elle a dit oui hier matin à tous.", "Elle a dit non demain matin à tous.") == [
        "Elle a dit [oui hier]{non demain} matin à tous."
    ]


def test_a_paragraph_that_came_is_marked_whole():
    assert told("Un.\nDeux.", "Un.\nAjout.\nDeux.") == ["Un.", "{Ajout.}", "Deux."]


def test_a_paragraph_that_went_is_marked_whole():
    assert told("Un.\nRetrait.\nDeux.", "Un.\nDeux.") == ["Un.", "[Retrait.]", "Deux."]


def test_a_paragraph_added_before_a_changed_one_is_not_taken_for_it():
    assert told("Elle promet deux écoles.", "Tout autre chose.\nElle promet trois écoles.") == [
        "{Tout autre chose.}",
        "Elle promet [deux]{trois} écoles.",
    ]


def test_paragraphs_with_nothing_in_common_are_not_compared_by_words():
    assert told("Le chat dort.", "Il pleut beaucoup ici.") == [
        "[Le chat dort.]",
        "{Il pleut beaucoup ici.}",
    ]


def words(seed, vocabulary, paragraph):
    """Two megabytes of words at random, so many to a paragraph."""
    chosen = random.Random(seed).choices([f"m{n}" for n in range(vocabulary)], k=600_000)
    lines = (chosen[at : at + paragraph] for at in range(0, len(chosen), paragraph))
    return "\n".join(map(" ".join, lines))[:2_000_000]


@pytest.mark.parametrize(
    ("vocabulary", "paragraph"),
    [(2, 1), (2, 200), (2, 600_000), (500, 5), (500, 400), (100_000, 600_000)],
)
def test_two_megabytes_are_compared_in_seconds(vocabulary, paragraph):
    before, after = words(1, vocabulary, paragraph), words(2, vocabulary, paragraph)
    began = process_time()
    compare(before, after)
    assert process_time() - began < 20


def test_two_megabytes_with_every_second_paragraph_changed_are_compared_in_seconds():
    before = words(1, 500, 60)
    lines = before.split("\n")
    lines[::2] = [f"{line} encore" for line in lines[::2]]
    began = process_time()
    compare(before, "\n".join(lines))
    assert process_time() - began < 20
