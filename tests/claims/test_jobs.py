"""The background work: an address in, claims out, whatever happens in between."""

from pathlib import Path

import pytest
from django.db import connection, transaction

from background.models import Job
from background.queue import Priority
from claims import engine
from claims.jobs import count_figures, have_fetched, have_read
from claims.jobs import have_taken_in as queue_item
from claims.models import Claim, Figure, Reading
from sources.models import Document, Fetch, Sentence, Snapshot
from tests.factories import SnapshotFactory, SubmittedItemFactory
from tests.web import answer
from tests.worker import jobs, work

pytestmark = pytest.mark.usefixtures("queue")

ROOT = Path(__file__).parents[2]
TEXT = "La maire Jeanne Roux a promis mardi que deux écoles ouvriraient en 2027.\n"
PAGE = answer(TEXT.encode(), Content_Type="text/plain; charset=utf-8")


@pytest.fixture
def address(web):
    web.pages["/article"] = PAGE
    return f"{web.origin}/article"


def have_taken_in(url):
    """Hand over an address, anew each time; returns the id of the job."""
    return queue_item(SubmittedItemFactory(url=url))


def counts():
    return [model.objects.count() for model in (Document, Snapshot, Sentence, Claim, Reading)]


def test_the_fetch_leads_to_the_snapshot(address):
    have_taken_in(address)
    work()
    assert Fetch.objects.get().snapshot == Snapshot.objects.get()


def test_the_same_address_again_changes_nothing(address):
    have_taken_in(address)
    work()
    before = counts()
    have_taken_in(address)
    work()
    assert (counts(), jobs("read")) == (before, [("succeeded", 1)])


def test_a_document_that_is_cited_by_its_address_is_fetched_and_told_by_its_title(address, web):
    page = b"<title>La premi&egrave;re &eacute;cole ouvre</title><p>Elle accueille cent personnes."
    web.pages["/article"] = answer(page * 9, Content_Type="text/html; charset=utf-8")
    document = Document.objects.create(url=address, title=Document.title_of(address))
    have_fetched(document.pk)
    work()
    document.refresh_from_db()
    assert (document.title, document.snapshots.count()) == ("La première école ouvre", 1)


def test_a_title_that_somebody_gave_stays(address):
    document = Document.objects.create(url=address, title="Notre titre")
    have_fetched(document.pk)
    work()
    document.refresh_from_db()
    assert document.title == "Notre titre"


def test_the_claims_of_a_source_are_not_looked_for(address):
    have_fetched(Document.objects.create(url=address, title=Document.title_of(address)).pk)
    work()
    assert not Claim.objects.exists()
    assert jobs("read") == []


def test_figures_are_counted_anew():
    count_figures.defer(timestamp=0)
    work()
    assert Figure.objects.count() == 13


def test_a_job_of_a_transaction_that_is_rolled_back_is_none():
    with transaction.atomic():
        have_read(SnapshotFactory().pk, Priority.NEWS)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_snapshot_that_cannot_be_queued_is_not_kept(address, monkeypatch):
    monkeypatch.setattr("claims.jobs.have_read", lambda *_: 1 / 0)
    have_taken_in(address)
    work()
    assert (Snapshot.objects.count(), jobs("take_in_submitted")) == (0, [("failed", 1)])


def test_what_waits_is_not_queued_twice():
    snapshot = SnapshotFactory()
    first = have_read(snapshot.pk, Priority.NEWS)
    assert have_read(snapshot.pk, Priority.LATER) == first


def test_news_come_before_what_is_read_anew(address):
    old = have_read(SnapshotFactory().pk, Priority.LATER)
    new = have_taken_in(address)
    work()
    started = "SELECT job_id FROM procrastinate_events WHERE type = 'started' ORDER BY id"
    with connection.cursor() as cursor:
        cursor.execute(started)
        order = [pk for (pk,) in cursor.fetchall()]
    assert order.index(new) < order.index(old)


def test_a_snapshot_that_is_read_is_not_read_again(monkeypatch):
    snapshot = SnapshotFactory()
    Reading.objects.create(snapshot=snapshot, extractor=engine.version())
    monkeypatch.setattr(engine, "extractor", lambda: 1 / 0)
    have_read(snapshot.pk, Priority.NEWS)
    work()
    assert jobs("read") == [("succeeded", 1)]
