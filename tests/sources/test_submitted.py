"""What becomes of a text, a file or an archive that was handed over."""

import io
from datetime import date

import pytest
from django.utils import timezone

from sources.models import Document, Snapshot, Submission, SubmittedItem
from sources.partial_date import PartialDate
from sources.refused import Refused
from sources.submitted import take_in, unpack
from tests.factories import SnapshotFactory, UserFactory
from tests.sources.batches.files import zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TEXT = "La maire Jeanne Roux a promis mardi que deux écoles ouvriraient en 2027.\n"
BYTES = TEXT.encode()
PAGE = f"<html><title>Deux écoles</title><article><p>{TEXT * 20}</p></article></html>".encode()
DOC = b"\xd0\xcf\x11\xe0"


def item(name="", content=BYTES, **fields):
    submission = Submission.objects.create(by=UserFactory())
    fields = {"name": name or "La maire", "file_name": name, "content": content} | fields
    return SubmittedItem.objects.create(submission=submission, **fields)


def taken_in(*args, **fields):
    one = item(*args, **fields)
    take_in(one, now=timezone.now(), then=lambda snapshot: None)
    one.refresh_from_db()
    return one


def unpacked(*args, **fields):
    one, waiting = item(*args, **fields), []
    unpack(one, today=date(2025, 12, 8), then=waiting.append)
    return one, waiting


def archive(members):
    packed = io.BytesIO()
    zipped(packed, members)
    return packed.getvalue()


def test_what_the_editor_typed_counts_before_what_the_page_says():
    assert taken_in("a.html", PAGE, title="Trois écoles").snapshot.document.title == "Trois écoles"


def test_what_the_page_says_fills_in_what_was_not_typed():
    document = taken_in("a.html", PAGE, publisher="Le Journal").snapshot.document
    assert (document.title, document.publisher.name) == ("Deux écoles", "Le Journal")


def test_the_kind_that_was_typed_is_that_of_the_document():
    assert taken_in(kind=Document.Kind.SPEECH).snapshot.document.kind == Document.Kind.SPEECH


def test_its_bytes_are_kept_once():
    one = taken_in()
    assert (one.content, bytes(one.snapshot.original)) == (None, BYTES)


@pytest.mark.parametrize("there", [TEXT, TEXT.strip(), TEXT.replace("\n", "\r\n")])
def test_a_pasted_text_that_is_there_leads_to_it(there):
    known = SnapshotFactory(text=there)
    one = taken_in()
    assert (one.status, one.snapshot, Document.objects.count()) == ("known", known, 1)


def test_a_file_is_kept_to_the_letter():
    SnapshotFactory(text=TEXT.strip())
    assert taken_in("a.txt").status == "taken_in"


def test_what_is_known_is_completed_not_overwritten():
    document = SnapshotFactory(text=TEXT, document__published_on=None).document
    taken_in(title="Trois", published_on=PartialDate.parse("2025-12"))
    title = document.title
    document.refresh_from_db()
    assert (document.title, document.published_on.isoformat()) == (title, "2025-12")


def test_an_archive_is_unpacked_into_items():
    members = {"a.txt": BYTES, "b.png": b"x", "c.doc": DOC}
    one, waiting = unpacked("a.zip", archive(members), kind="speech")
    assert [(each.name, each.kind) for each in waiting] == [
        ("a.zip/a.txt", "speech"),
        ("a.zip/c.doc", "speech"),
    ]
    assert (one.status, one.content) == ("unpacked", None)
    assert one.reason == "Left out, since they are no documents: 1 .png."


def test_a_line_of_json_says_where_it_is_from():
    line = b'{"text": "La maire.", "publisher": "Le Journal", "published_on": "2025-12"}\n'
    _one, (each,) = unpacked("a.jsonl", line, publisher="La Gazette")
    assert (each.publisher, each.published_on.isoformat()) == ("La Gazette", "2025-12")


def test_what_follows_a_damaged_part_is_refused_by_itself():
    lines = b'{"text": "La maire."}\n{"text": \n'
    one, waiting = unpacked("a.jsonl", lines)
    assert (one.status, len(waiting)) == ("unpacked", 1)
    assert SubmittedItem.objects.last().status == "refused"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK", "it is no archive of the kind its name tells, or is damaged"),
        (archive({"a.png": b"x"}), "there is no document in it"),
    ],
)
def test_an_archive_without_documents_is_refused(content, reason):
    with pytest.raises(Refused, match=reason):
        unpacked("a.zip", content)


@pytest.mark.parametrize(
    ("limit", "reason"),
    [("MAX_SUBMITTED_ITEMS", "more than 1 documents"), ("MAX_SUBMISSION_BYTES", "than 1 bytes")],
)
def test_an_archive_that_holds_too_much_is_refused_whole(settings, limit, reason):
    setattr(settings, limit, 1)
    with pytest.raises(Refused, match=reason):
        unpacked("a.zip", archive({"a.txt": BYTES, "b.txt": BYTES}))
    assert SubmittedItem.objects.count() == 1


def test_a_file_in_an_archive_that_is_too_large_is_refused(settings):
    settings.MAX_FILE_BYTES = 10
    _one, waiting = unpacked("a.zip", archive({"a.txt": BYTES, "b.txt": b"La maire."}))
    assert [each.name for each in waiting] == ["a.zip/b.txt"]


def test_what_is_refused_keeps_nothing():
    one = item("a.png", b"\x89PNG\r\n")
    with pytest.raises(Refused, match="it is an image"):
        take_in(one, now=timezone.now(), then=lambda snapshot: None)
    assert not Snapshot.objects.exists()
