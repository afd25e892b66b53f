"""The pairs annotated by hand keep the shape that seeds/gold/pairs/README.md tells."""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from claims.models import Link
from sources.partial_date import PartialDate

FOLDER = Path(__file__).parents[3] / "seeds" / "gold" / "pairs"
NAMES = ("dev", "held", "blind")
KINDS = {
    "half",
    "paraphrase",
    "misspelt",
    "accents",
    "question",
    "number",
    "keywords",
    "english",
    "acronym",
}


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


@pytest.mark.parametrize(("one", "other"), list(combinations(NAMES, 2)))
def test_no_two_files_share_a_saying_or_a_speaker(one, other):
    def said(name):
        return {text for pair in pairs(name) for text in texts(pair)}

    def speakers(name):
        ends = (pair[end]["speaker"] for pair in pairs(name) for end in ("first", "second"))
        return {speaker for speaker in ends if speaker}

    assert not said(one) & said(other)
    assert not speakers(one) & speakers(other)


def test_the_blind_pairs_are_as_long_as_sentences_of_the_press():
    for pair in pairs("blind"):
        for text in texts(pair):
            assert 12 <= len(text.split()) <= 40, pair["id"]


def test_the_blind_pairs_keep_the_shares_of_the_readme():
    shares = Counter(pair["relation"] for pair in pairs("blind"))
    assert shares == {"repeats": 84, "contradicts": 60, "updates": 29, "unrelated": 67}


def test_what_is_asked_has_the_shape():
    asked = pairs("asked")
    assert len(asked) == len({line["id"] for line in asked}) == 150
    assert {line["kind"] for line in asked} == KINDS
    for line in asked:
        assert list(line) == ["id", "kind", "asked", "claim", "near"]
        assert all(line.values()), line["id"]
        assert line["claim"] != line["near"], line["id"]


def test_each_claim_asked_for_has_one_near_it_and_three_ways_or_four():
    asked = pairs("asked")
    assert len({line["asked"] for line in asked}) == len(asked)
    ways = Counter((line["claim"], line["near"]) for line in asked)
    assert len(ways) == len({claim for claim, _ in ways}) == 40
    assert set(ways.values()) <= {3, 4}


def test_half_a_sentence_is_of_the_claim_and_not_of_the_near_one():
    for line in pairs("asked"):
        if line["kind"] == "half":
            assert line["asked"].lower() in line["claim"].lower(), line["id"]
            assert line["asked"].lower() not in line["near"].lower(), line["id"]


def test_what_is_asked_without_accents_has_none():
    for line in pairs("asked"):
        if line["kind"] == "accents":
            assert line["asked"].isascii(), line["id"]
