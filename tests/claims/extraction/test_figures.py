"""The figures on the seed and the twenty articles written for this project must not fall.

The twenty are left out when the weights are trained. Each floor is a hair under what is
reached; raise it with the rules, never lower it.
"""

import pytest

from claims.extraction.evaluation.gold import read_gold
from claims.extraction.evaluation.measure import measure
from claims.extraction.interchange import to_record

FLOORS = {
    "attributed": 0.925,
    "exact": 0.865,
    "speaker": 0.83,
    "narrated": 0.85,
    "parts": 0.865,
}
# Of all gold claims, not only of those found: who finds one more never loses by it.
RIGHT = {
    "speaker": 0.825,
    "source": 0.88,
    "cue": 0.895,
    "quotation": 0.89,
    "kind": 0.735,
    "said_on": 0.845,
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


@pytest.mark.parametrize("field", RIGHT)
def test_the_claims_found_with_the_right_field_do_not_become_fewer(figures, field):
    assert figures["accuracy"][field] * figures["attributed"]["r"] >= RIGHT[field]
