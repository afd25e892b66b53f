import io
import json

import pytest

from sources.batches.items import Given, Refusal
from sources.batches.json_lines import read
from sources.refused import Refused

pytestmark = pytest.mark.usefixtures("english")


def items(*lines, end=b"\n"):
    original = end.join(
        line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
    )
    return list(read(io.BytesIO(original), "fil.jsonl", lambda: 0.5))


def reason(line):
    (refusal,) = items(line)
    assert isinstance(refusal, Refusal)
    return refusal.reason


def test_each_line_is_a_document_with_what_is_known_of_it():
    (given,) = items(
        {
            "text": "La maire promet.\n",
            "title": " Deux \n écoles ",
            "url": "https://journal.example/a",
            "published_on": "2025-12",
            "publisher": "Le Journal",
            "language": "fr",
            "byline": "C. Ferrand",
            "id": "d-7",
            "claims": [],
        }
    )
    assert given.original == b"La maire promet.\n"
    assert given.name == "fil.jsonl, line 1 (d-7)"
    origin = given.origin
    assert (origin.title, origin.url) == ("Deux écoles", "https://journal.example/a")
    assert (origin.published_on.isoformat(), origin.publisher) == ("2025-12", "Le Journal")
    assert (origin.language, origin.byline) == ("fr", "C. Ferrand")


def test_what_is_null_or_absent_is_not_known():
    (given,) = items({"text": "a", "title": None, "id": ""})
    assert (given.origin.title, given.origin.url, given.name) == ("", None, "fil.jsonl, line 1")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-12-03T10:00:00+01:00", "2025-12-03"),
        ("2025-12-03 10:00:00", "2025-12-03"),
        (2025, "2025"),
    ],
)
def test_a_date_may_have_a_time_or_be_a_year(value, expected):
    (given,) = items({"text": "a", "published_on": value})
    assert given.origin.published_on.isoformat() == expected


def test_blank_lines_are_passed_over_and_counted():
    (given,) = items(b"", b"  ", {"text": "a"}, end=b"\r\n")
    assert given.name == "fil.jsonl, line 3"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"text": "a", b}', "it is not JSON, from character 15 on"),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", "it is not JSON"),
        (b'{"a": ' + b"[" * 100_000, "nested"),
        (b'"text"', "no object"),
        ({"title": "a"}, "it has no “text”"),
        ({"text": None}, "its “text” is empty"),
        ({"text": " \n"}, "its “text” is empty"),
        ({"text": ["a"]}, "its “text” is no text"),
        ({"text": "a", "title": 3}, "its “title” is no text"),
        ({"text": "a", "byline": "b\0"}, "its “byline” contains a NUL"),
        ({"text": "\ud83d"}, "surrogate"),
        ({"text": "a", "published_on": "hier"}, "“hier” is not a date"),
        ({"text": "a", "published_on": "2025-02-30"}, "not a day of the calendar"),
        ({"text": "a", "language": "français de France"}, "language"),
    ],
)
def test_a_line_that_is_no_document_is_refused_with_the_reason(line, expected):
    assert expected in reason(line)


def test_a_line_refused_does_not_keep_the_others_out():
    kinds = [type(item) for item in items({"text": "a"}, b"{", {"text": "b"})]
    assert kinds == [Given, Refusal, Given]


def test_a_line_too_long_is_refused_and_passed_over(settings):
    settings.MAX_FILE_BYTES = 100
    long, short = items({"text": "a" * 5000}, {"text": "b"})
    assert "100 bytes" in long.reason
    assert (short.original, short.name) == (b"b", "fil.jsonl, line 2")


@pytest.mark.parametrize(
    ("original", "reason"),
    [
        ('{"text": "a"}\n'.encode("utf-16"), "UTF-16"),
        ('{"text": "a"}\n'.encode("utf-16-be"), "UTF-16"),
        (b'[\n{"text": "a"},\n{"text": "b"}\n]', "JSON list"),
    ],
)
def test_what_is_no_json_lines_is_refused_once(original, reason):
    with pytest.raises(Refused, match=reason):
        list(read(io.BytesIO(original), "fil.jsonl", lambda: 0))


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252"])
def test_any_charset_that_a_text_may_be_in_is_read(charset):
    line = json.dumps({"text": "L’été à Dôle, dit-elle."}, ensure_ascii=False).encode(charset)
    (given,) = items(line)
    assert given.original.decode() == "L’été à Dôle, dit-elle."
