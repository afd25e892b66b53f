"""Sentences of one article name the same people and places, and are not taken for repeats."""

from pathlib import Path

import pytest

from claims.comparison import SUGGESTED, WITHIN_ONE, Relation, compare
from claims.comparison.articles import articles, pairs_of, read_same

FOLDER = Path(__file__).parents[3] / "seeds" / "gold"
SAME = read_same(FOLDER / "pairs" / "same_article.tsv")


def alarms(paths, least):
    """The pairs that would be proposed as repeats and are not listed as such."""
    return [
        (each.first.saying.text, each.second.saying.text)
        for path in paths
        for each in pairs_of(path, SAME)
        if not each.same and compare(each.first, each.second).repeats >= least
    ]


def test_two_sentences_of_one_article_are_not_proposed_as_repeats():
    assert alarms(articles([FOLDER]), WITHIN_ONE) == []


def test_hardly_any_would_be_if_they_stood_in_two_articles():
    found = alarms(articles([FOLDER]), SUGGESTED[Relation.REPEATS])
    assert len(found) <= 8, found


def test_the_seed_document_repeats_nothing():
    assert alarms([FOLDER / "seed.txt"], SUGGESTED[Relation.REPEATS]) == []


def test_pairs_of_one_sentence_are_none_and_those_listed_are_marked(tmp_path):
    article = tmp_path / "one.txt"
    article.write_text(
        "id: one\npublished_on: 2026-03-01\n---\n"
        "<q1>Le pont est fermé</q1>, et <q2>le tunnel aussi</q2>. <q3>Le pont est barré</q3>."
        "\n---\n"
        + "".join(
            f"{n}: speaker=-; speaker_kind=narrator; quotation=none; kind=fact; said_on=-\n"
            for n in (1, 2, 3)
        ),
        encoding="utf-8",
    )
    found = list(pairs_of(article, {"one": {(1, 3)}}))
    claims, sentences = found[:2], found[2:]
    assert [(p.first.saying.text, p.same) for p in claims] == [
        ("Le pont est fermé", True),
        ("le tunnel aussi", False),
    ]
    assert [p.first.saying.text for p in sentences] == ["Le pont est fermé, et le tunnel aussi."]
    assert sentences[0].same


@pytest.mark.parametrize("article", sorted(SAME))
def test_what_is_listed_is_a_pair_of_places_in_order(article):
    assert all(0 < first < second for first, second in SAME[article])
