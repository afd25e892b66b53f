import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.usefixtures("english")

ROOT = Path(__file__).parents[3]
TEXT = "La maire Jeanne Roux a promis mardi que deux écoles ouvriraient en 2027.\n"


def extract(*files, **options):
    """What the command prints, and what it says on standard error."""
    out, errors = StringIO(), StringIO()
    call_command("extract", *map(str, files), stdout=out, stderr=errors, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def lines(tmp_path):
    """A file of JSON Lines with these records."""

    def write(*records):
        path = tmp_path / "articles.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        return path

    return write


def test_the_table_shows_who_said_what_when(file):
    table = extract(file, published_on="2025-12-04")
    shown = ("Jeanne Roux", "2025-12-02", "commitment")
    assert [text for text in shown if text not in table] == []


def test_a_record_holds_the_text_and_its_claims(file):
    record = json.loads(extract(file, jsonl=True))
    start, end = record["claims"][0]["content"][0]
    assert record["text"] == TEXT
    assert record["text"][start:end] == "deux écoles ouvriraient en 2027"


def test_a_record_is_named_after_its_file(file):
    assert json.loads(extract(file, jsonl=True))["id"] == "article"


def test_json_lines_keep_their_ids(lines):
    path = lines({"id": "a", "text": TEXT}, {"id": "b", "text": TEXT})
    printed = extract(path, jsonl=True).splitlines()
    assert [json.loads(line)["id"] for line in printed] == ["a", "b"]


def test_dates_follow_the_publication_date_of_the_record(lines):
    path = lines({"text": TEXT, "published_on": "2025-12-04"})
    assert json.loads(extract(path, jsonl=True))["claims"][0]["said_on"] == "2025-12-02"


def test_claims_already_in_a_record_are_ignored(lines):
    path = lines({"text": TEXT, "claims": [{"content": [[0, 3]]}]})
    assert json.loads(extract(path, jsonl=True))["claims"][0]["content"] != [[0, 3]]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 1"),
        ("{}", "text"),
        ('{"text": 1}', "text"),
        (r'{"text": "\ud800"}', "half of a surrogate pair"),
    ],
)
def test_a_line_that_is_no_record_is_named(tmp_path, line, reason):
    path = tmp_path / "articles.jsonl"
    path.write_text(line)
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("extract", str(path), stderr=errors)
    assert reason in errors.getvalue()


def test_several_processes_print_the_same_records(lines):
    path = lines(*({"id": str(number), "text": TEXT * number} for number in range(1, 8)))
    alone = extract(path, jsonl=True)
    assert extract(path, jsonl=True, processes=2) == alone
    assert [json.loads(line)["id"] for line in alone.splitlines()] == list("1234567")


def test_the_records_before_a_faulty_line_are_printed(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"id": "good", "text": TEXT}) + "\n{\n")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("extract", str(path), "--jsonl", stdout=out, stderr=StringIO())
    assert json.loads(out.getvalue())["id"] == "good"


@pytest.mark.parametrize("number", ["0", "-1", "two"])
def test_a_number_of_processes_is_at_least_one(file, number):
    with pytest.raises(CommandError, match="--processes"):
        call_command("extract", str(file), "--processes", number)


def test_it_needs_no_database(file):
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere"}
    done = subprocess.run(
        [sys.executable, "manage.py", "extract", "--jsonl", file],
        cwd=ROOT,
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["claims"]
