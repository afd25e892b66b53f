"""The seed document must be read whole: 13 claims, none missed, none invented."""

import pytest

from claims.extraction.evaluation.gold import read_gold
from claims.extraction.evaluation.measure import measure
from claims.extraction.interchange import to_record


@pytest.fixture(scope="module", params=["2025-12-08", "2025-12"])
def figures(request, extractor, gold_folder):
    gold = read_gold(gold_folder / "seed.txt")
    return measure([(gold, to_record(gold, extractor.read(gold["text"], request.param)))])


@pytest.mark.parametrize("name", ["attributed", "exact", "speaker", "narrated", "parts"])
def test_finds_every_claim_and_no_other(figures, name):
    assert figures[name]["f1"] == 1.0


@pytest.mark.parametrize("field", ["speaker", "source", "cue", "quotation", "kind", "said_on"])
def test_reads_every_field(figures, field):
    assert figures["accuracy"][field] == 1.0
