"""How well annotated pairs are judged: figures that may only rise."""

from pathlib import Path

import pytest

from claims.comparison import Relation
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
    assert float(accuracy(*dev)) >= 0.81
    assert float(precision(*dev, Relation.REPEATS, 0.5)) >= 0.84
    assert float(recall(*dev, Relation.REPEATS, 0.5)) >= 0.83


def test_four_of_five_contradictions_suggested_are_right_on_pairs_nobody_looked_at(held):
    share = suggested(*held, Relation.CONTRADICTS)
    assert share.of >= 30
    assert float(share) >= 0.8


def test_nine_of_ten_repeats_scored_nine_tenths_are_right_on_pairs_nobody_looked_at(held):
    share = precision(*held, Relation.REPEATS, 0.9)
    assert share.of >= 10
    assert float(share) >= 0.9
