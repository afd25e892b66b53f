"""The pairs annotated by hand keep the shape that seeds/gold/pairs/README.md tells."""

import json
from pathlib import Path

import pytest

from claims.models import Link
from sources.partial_date import PartialDate

FOLDER = Path(__file__).parents[3] / "seeds" / "gold" / "pairs"
NAMES = ("dev", "held")


def pairs(name):
    text = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def texts(pair):
    return frozenset(pair[end]["text"] for end in ("first", "second"))


@pytest.mark.parametrize("name", NAMES)
def test_every_pair_has_the_shape(name):
    for pair in pairs(name):
        assert list(pair) == ["id", "first", "second", "relation", "trap", "language", "why"]
        assert pair["relation"] in {*Link.Kind.values, "unrelated"}, pair["id"]
        assert pair["language"] in {"fr", "en"}, pair["id"]
        assert pair["why"].endswith("."), pair["id"]
        for end in (pair["first"], pair["second"]):
            assert list(end) == ["text", "speaker", "said_on"]
            assert 3 <= len(end["text"].split()) <= 40, pair["id"]
            assert end["speaker"] is None or end["speaker"].strip(), pair["id"]


@pytest.mark.parametrize("name", NAMES)
def test_the_first_is_not_said_after_the_second(name):
    for pair in pairs(name):
        first, second = (PartialDate.parse(pair[end]["said_on"]) for end in ("first", "second"))
        assert first.first <= second.last, pair["id"]


@pytest.mark.parametrize("name", NAMES)
def test_only_a_speaker_who_is_known_contradicts_himself(name):
    for pair in pairs(name):
        if pair["relation"] == Link.Kind.CONTRADICTS:
            assert pair["first"]["speaker"] == pair["second"]["speaker"] is not None, pair["id"]


@pytest.mark.parametrize("name", NAMES)
def test_at_least_half_of_two_hundred_pairs_or_more_are_traps(name):
    found = pairs(name)
    assert len(found) >= 200
    assert sum(bool(pair["trap"]) for pair in found) * 2 >= len(found)


def test_every_pair_is_there_once():
    everything = [pair for name in NAMES for pair in pairs(name)]
    assert len({pair["id"] for pair in everything}) == len(everything)
    assert len({texts(pair) for pair in everything}) == len(everything)


def test_the_two_files_share_no_saying():
    dev, held = ({text for pair in pairs(name) for text in texts(pair)} for name in NAMES)
    assert not dev & held
