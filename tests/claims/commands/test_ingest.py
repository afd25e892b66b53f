from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from claims.models import Claim
from sources.models import Document, Publisher, Sentence, Snapshot
from tests.sources.files import pdf, word

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TEXT = "La maire Jeanne Roux a promis mardi que deux écoles ouvriraient en 2027.\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-12-08T12:00:00Z", tick=False):
        yield


def ingest(*files, **options):
    """What the command prints; errors raised."""
    out = StringIO()
    call_command("ingest", *map(str, files), stdout=out, stderr=out, **options)
    return out.getvalue()


def refusal(*files, **options):
    """What the command prints when it ends in an error."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("ingest", *map(str, files), stdout=out, stderr=out, **options)
    return out.getvalue() + str(error.value)


def counts():
    models = (Publisher, Document, Snapshot, Sentence, Claim)
    return [model.objects.count() for model in models]


def test_the_claims_of_a_text_are_recorded(file):
    ingest(file, published_on="2025-12-04")
    claim = Claim.objects.get()
    assert (claim.speaker.name, claim.kind, claim.said_on.isoformat()) == (
        "Jeanne Roux",
        "commitment",
        "2025-12-02",
    )


def test_what_it_did_is_said(file):
    assert ingest(file).strip() == f"{file}: new, 1 claim, 1 new"


def test_the_same_file_twice_changes_nothing(file):
    ingest(file, publisher="Le Journal")
    before = counts()
    assert "known, 1 claim, 0 new" in ingest(file, publisher="Le Journal")
    assert counts() == before


def test_publisher_date_and_address_are_kept(file):
    ingest(file, published_on="2025-12", publisher="Le Journal", url="https://example.org/a")
    document = Document.objects.get()
    assert (document.publisher.name, document.published_on.isoformat(), document.url) == (
        "Le Journal",
        "2025-12",
        "https://example.org/a",
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\xff\xfe", "image"),
        (bytes(range(0x90, 0x100)), "character set"),
        (b"un\0deux", "NUL"),
        (b"a" * 3_000_000, "2,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_text_is_refused_and_leaves_no_row(tmp_path, content, reason):
    path = tmp_path / "fichier.txt"
    path.write_bytes(content)
    assert reason in refusal(path, publisher="Le Journal")
    assert counts() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ({"published_on": "2025-12-09"}, "future"),
        ({"published_on": "2025-02-30"}, "2025-02-30"),
        ({"published_on": "hier"}, "hier"),
        ({"url": "ftp://example.org"}, "ftp://example.org"),
        ({"title": "a" * 501}, "title"),
    ],
)
def test_an_impossible_origin_is_refused_and_leaves_no_row(file, option, reason):
    assert reason in refusal(file, publisher="Le Journal", **option)
    assert counts() == [0, 0, 0, 0, 0]


def test_a_file_refused_does_not_keep_the_others_out(file, tmp_path):
    empty = tmp_path / "vide.txt"
    empty.touch()
    printed = refusal(empty, file)
    assert f"{empty}: it is empty" in printed
    assert "1 of 2 files refused" in printed
    assert Document.objects.count() == 1


def test_an_address_belongs_to_one_file(file, tmp_path):
    assert "one file" in refusal(file, tmp_path / "autre.txt", url="https://example.org/a")


def test_nothing_is_kept_of_a_text_whose_claims_cannot_be_recorded(file, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("claims.management.commands.ingest.record", fail)
    with pytest.raises(RuntimeError):
        ingest(file, publisher="Le Journal")
    assert counts() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "article.html",
            f"<html><body><article><p>{TEXT * 4}</p></article></body></html>".encode(),
        ),
        ("article.htm", f"<html><body><article><p>{TEXT * 4}</p></article></body></html>".encode()),
        ("article.pdf", pdf([TEXT.strip()])),
        ("article.docx", word(TEXT.strip())),
        ("article.txt", TEXT.encode("cp1252")),
    ],
)
def test_claims_are_found_in_files_of_every_kind(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    ingest(path, published_on="2025-12-04")
    assert Claim.objects.first().speaker.name == "Jeanne Roux"


def test_a_file_whose_name_lies_is_refused_by_what_it_is(tmp_path):
    path = tmp_path / "article.docx"
    path.write_bytes(b"MZ" + bytes(64))
    assert "its name ends in .docx, but it is a program" in refusal(path)
