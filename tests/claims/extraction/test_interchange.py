"""The JSON Lines record: there and back, and what is wrong with a line."""

import json

import pytest

from claims.extraction.interchange import (
    InterchangeError,
    dumps,
    from_dict,
    read_lines,
    to_dict,
    to_record,
)


@pytest.fixture
def reading(read):
    text = "Le maire a promis deux écoles. Il en manque 12 à Vernaz depuis 2019."
    return read(text, "2025-12-08")


def test_a_claim_survives_the_way_there_and_back(reading):
    for claim in reading.claims:
        assert from_dict(json.loads(json.dumps(to_dict(claim)))) == claim


def test_a_record_keeps_the_article_and_adds_sentences_and_claims(reading):
    record = to_record({"id": "a", "text": "…"}, reading)
    assert record["id"] == "a"
    assert len(record["sentences"]) == 2
    assert {"confidence", "check_worthiness", "rule", "sentence"} <= record["claims"][0].keys()


def test_a_line_keeps_french_letters_readable():
    assert dumps({"text": "été"}) == '{"text": "été"}'


def test_blank_lines_are_passed_over():
    assert list(read_lines(["", '{"text": "a"}', "\n"])) == [{"text": "a", "published_on": None}]


@pytest.mark.parametrize("date", ['"2025-12-08"', '"2025-12"', '"2025"', "null"])
def test_a_partial_date_is_a_date(date):
    assert list(read_lines([f'{{"text": "", "published_on": {date}}}']))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 2: not JSON"),
        ("[" * 100_000, "line 2: "),
        ("[]", "line 2: expected an object, got list"),
        ("{}", 'line 2: "text" is missing'),
        ('{"text": 3}', 'line 2: "text" is not a string'),
        ('{"text": "", "published_on": "8/12"}', 'line 2: "published_on" is not'),
        ('{"text": "", "published_on": 2025}', 'line 2: "published_on" is not'),
        ('{"text": "", "published_on": "2025-13"}', 'line 2: "published_on" is not'),
    ],
)
def test_a_faulty_line_is_named_with_its_fault(line, fault):
    with pytest.raises(InterchangeError, match=f"^{fault}"):
        list(read_lines(['{"text": "good"}', line]))


@pytest.mark.parametrize("line", [r'{"text": "a\ud800b"}', r'{"text": "a", "id": "\udfff"}'])
def test_half_of_a_surrogate_pair_is_refused(line):
    with pytest.raises(InterchangeError, match="line 1: it holds half of a surrogate pair"):
        list(read_lines([line]))


def test_a_surrogate_pair_is_one_character():
    (record,) = read_lines([r'{"text": "\ud83c\udf89"}'])
    assert record["text"] == "🎉"
