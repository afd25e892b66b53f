"""The figures on the seed and the twenty articles written for this project must not fall.

The twenty are left out when the weights are trained. Each floor is a hair under what is
reached; raise it with the rules, never lower it.
"""

import pytest

from claims.extraction.evaluation.gold import read_gold
from claims.extraction.evaluation.measure import measure
from claims.extraction.interchange import to_record

FLOORS = {
    "attributed": 0.905,
    "exact": 0.845,
    "speaker": 0.81,
    "narrated": 0.85,
    "parts": 0.86,
}
ACCURACY = {
    "speaker": 0.89,
    "source": 0.95,
    "cue": 0.97,
    "quotation": 0.965,
    "kind": 0.8,
    "said_on": 0.915,
}


@pytest.fixture(scope="module")
def figures(extractor, gold_folder):
    articles = [read_gold(file) for file in sorted(gold_folder.glob("*.txt"))]
    readings = extractor.read_many((gold["text"], gold["published_on"]) for gold in articles)
    pairs = zip(articles, readings, strict=True)
    return measure([(gold, to_record(gold, reading)) for gold, reading in pairs])


@pytest.mark.parametrize("name", FLOORS)
def test_f1_does_not_fall(figures, name):
    assert figures[name]["f1"] >= FLOORS[name]


@pytest.mark.parametrize("field", ACCURACY)
def test_accuracy_does_not_fall(figures, field):
    assert figures["accuracy"][field] >= ACCURACY[field]
