"""Feeds in the background: what they announce becomes claims, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from background.models import Failure, Job
from background.queue import Priority, defer
from claims.jobs import have_entry_taken_in, have_polled, poll_due
from claims.models import Claim
from sources.models import Document, Entry, Feed, Polling, Snapshot
from tests.factories import EntryFactory, FeedFactory, PollingFactory
from tests.sources.feeds.samples import entry, rss
from tests.web import answer
from tests.worker import jobs, work

pytestmark = pytest.mark.usefixtures("queue")

TEXT = "La maire Jeanne Roux a promis mardi que deux écoles ouvriraient en 2027.\n"


@pytest.fixture
def feed(web):
    """One with a single entry, whose turn has not come."""
    published = timezone.now()
    web.pages |= {
        "/rss": answer(rss(entry("/a", published=published)), Content_Type="text/xml"),
        "/a": answer(TEXT.encode(), Content_Type="text/plain; charset=utf-8"),
    }
    tomorrow = timezone.now() + timedelta(days=1)
    feed = FeedFactory(url=f"{web.origin}/rss")
    PollingFactory(feed=feed, due_at=tomorrow, polled_at=None, succeeded_at=None)
    return feed


def polled(feed) -> None:
    """Poll it, and do what that leads to."""
    have_polled(feed.pk)
    work()


def look() -> None:
    """What is begun every minute, and what that leads to."""
    defer(poll_due, key="poll_due", timestamp=0)
    work()


def outcome() -> str:
    return Entry.objects.get().outcome


def test_what_a_feed_announces_becomes_claims(feed):
    polled(feed)
    assert Claim.objects.get().speaker.name == "Jeanne Roux"
    assert Entry.objects.get().snapshot == Snapshot.objects.get()


def test_a_feed_is_polled_when_its_turn_has_come(feed, web):
    look()
    assert web.paths() == []
    Polling.objects.update(due_at=timezone.now())
    look()
    look()
    assert web.paths().count("/rss") == 1


def test_polled_again_it_announces_nothing_new(feed):
    polled(feed)
    polled(feed)
    assert (jobs("take_in_entry"), Claim.objects.count()) == ([("succeeded", 1)], 1)


def test_a_feed_is_queued_once(feed):
    assert have_polled(feed.pk) == have_polled(feed.pk)


def test_a_feed_that_was_paused_meanwhile_is_not_polled(feed, web):
    have_polled(feed.pk)
    Feed.objects.update(active=False)
    work()
    assert web.asked == []


def test_a_feed_that_fails_is_no_failed_job(feed, web):
    del web.pages["/rss"]
    polled(feed)
    assert jobs("poll") == [("succeeded", 1)]
    assert Polling.objects.get().failures == 1


@pytest.mark.parametrize(("read_before", "priority"), [(False, 0), (True, 10)])
def test_what_a_new_feed_announces_keeps_no_news_waiting(feed, monkeypatch, read_before, priority):
    if read_before:
        Polling.objects.update(succeeded_at=timezone.now())
    monkeypatch.setattr("claims.jobs.take_in_entry", lambda *_, **__: None)
    polled(feed)
    assert Job.objects.get(task_name="take_in_entry").priority == priority


def test_what_is_for_subscribers_is_told_and_no_failed_job(feed, web):
    page = "<html><body><p>Deux écoles.</p><p>Pour lire la suite, abonnez-vous.</p></body></html>"
    web.pages["/a"] = answer(page.encode(), Content_Type="text/html")
    polled(feed)
    assert (outcome(), jobs("take_in_entry")) == ("paywalled", [("succeeded", 1)])
    assert not Failure.objects.exists()


def test_what_is_out_of_order_waits_and_says_why(feed, web):
    web.pages["/a"] = answer(status="503 Service Unavailable")
    polled(feed)
    assert (outcome(), jobs("take_in_entry")) == ("waiting", [("todo", 1)])
    assert "503" in Entry.objects.get().reason


def test_what_stays_out_of_order_failed_at_last(feed, web, monkeypatch):
    monkeypatch.setattr("background.retry.MOST", 1)
    web.pages["/a"] = answer(status="503 Service Unavailable")
    polled(feed)
    assert (outcome(), jobs("take_in_entry")) == ("failed", [("succeeded", 1)])


def test_what_failed_is_taken_in_when_told_to(feed, web):
    page = web.pages.pop("/a")
    polled(feed)
    assert outcome() == "failed"
    web.pages["/a"] = page
    have_entry_taken_in(Entry.objects.get().pk)
    work()
    assert (outcome(), Claim.objects.count()) == ("taken_in", 1)


def test_what_was_taken_in_is_not_fetched_again(feed, web):
    polled(feed)
    have_entry_taken_in(Entry.objects.get().pk, Priority.NEWS)
    work()
    assert (web.paths().count("/a"), Document.objects.count()) == (1, 1)


def test_an_entry_that_cannot_be_queued_is_not_kept(feed, monkeypatch):
    monkeypatch.setattr("claims.jobs.have_entry_taken_in", lambda *_: 1 / 0)
    polled(feed)
    assert (Entry.objects.count(), jobs("poll")) == (0, [("failed", 1)])


def test_an_entry_is_queued_once():
    pk = EntryFactory().pk
    assert have_entry_taken_in(pk) == have_entry_taken_in(pk)
