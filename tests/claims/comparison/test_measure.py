"""How well annotated pairs are judged: figures that may only rise."""

from dataclasses import replace
from pathlib import Path

import pytest

from claims.comparison import SUGGESTED, Relation
from claims.comparison.measure import accuracy, judge, precision, recall, suggested
from claims.comparison.pairs import read_pairs

FOLDER = Path(__file__).parents[3] / "seeds" / "gold" / "pairs"


@pytest.fixture(scope="module")
def dev():
    pairs = read_pairs(FOLDER / "dev.jsonl")
    return pairs, judge(pairs)


@pytest.fixture(scope="module")
def held():
    pairs = read_pairs(FOLDER / "held.jsonl")
    return pairs, judge(pairs)


def test_the_pairs_it_was_made_on_are_judged_as_well_as_ever(dev):
    assert float(accuracy(*dev)) >= 0.8
    assert float(precision(*dev, Relation.REPEATS, 0.5)) >= 0.85
    assert float(recall(*dev, Relation.REPEATS, 0.5)) >= 0.8
    assert float(precision(*dev, Relation.UPDATES, 0.5)) >= 0.9
    assert float(suggested(*dev, Relation.REPEATS)) >= 0.9
    assert float(recall(*dev, Relation.REPEATS, SUGGESTED[Relation.REPEATS])) >= 0.6


def test_four_of_five_contradictions_suggested_are_right_on_pairs_nobody_looked_at(held):
    share = suggested(*held, Relation.CONTRADICTS)
    assert share.of >= 40
    assert float(share) >= 0.8


def test_four_of_five_repeats_suggested_are_right_on_pairs_nobody_looked_at(held):
    share = suggested(*held, Relation.REPEATS)
    assert share.of >= 45
    assert float(share) >= 0.8


def test_sayings_on_other_topics_are_seldom_taken_for_the_same(dev):
    pairs, _found = dev
    french = [pair for pair in pairs if pair.first.language == "fr"]
    apart = [
        pair._replace(second=replace(other.second, speakers=pair.first.speakers))
        for pair, other in zip(french, french[100:] + french[:100], strict=True)
    ]
    alarms = [
        c
        for c in judge(apart)
        if any(getattr(c, relation) >= least for relation, least in SUGGESTED.items())
    ]
    assert len(alarms) <= len(apart) // 50
