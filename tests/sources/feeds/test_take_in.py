"""What a feed announced is taken in from its page, or from the feed if the page gives no text."""

import pytest

from sources.feeds.take_in import outcome, take_in
from sources.models import Document, Entry, Fetch, Snapshot
from sources.partial_date import PartialDate
from sources.refused import Refused
from tests.factories import NOON, DocumentFactory, EntryFactory, PublisherFactory
from tests.sources.feeds.samples import PARAGRAPH, WHOLE
from tests.web import answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

CLOSED = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
IN_FEED = WHOLE.replace("mardi", "lundi")


@pytest.fixture
def publish(web):
    """``publish(body, head="")``: what the page of the entry is."""

    def published(body, head=""):
        page = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
        web.pages["/a"] = answer(page.encode(), Content_Type="text/html; charset=utf-8")

    return published


@pytest.fixture
def entry(web):
    return EntryFactory(url=f"{web.origin}/a", title="Deux écoles", published_at=NOON)


def taken_in(entry) -> Snapshot:
    snapshots = []
    take_in(entry, now=NOON, then=snapshots.append)
    entry.refresh_from_db()
    assert snapshots == [entry.snapshot]
    return entry.snapshot


def refused_as(entry) -> Entry.Outcome:
    with pytest.raises(Refused) as refusal:
        take_in(entry, now=NOON, then=lambda snapshot: 1 / 0)
    return outcome(refusal.value)


def test_its_page_becomes_a_document(entry, publish):
    publish(WHOLE)
    snapshot = taken_in(entry)
    assert "mardi" in snapshot.text
    assert entry.outcome == Entry.Outcome.TAKEN_IN
    assert snapshot.document.url == entry.url
    assert Fetch.objects.get().snapshot == snapshot


def test_what_the_page_does_not_say_is_as_the_feed_says(entry, publish):
    publish(WHOLE)
    document = taken_in(entry).document
    assert (document.title, document.published_on) == ("Deux écoles", PartialDate.day(NOON.date()))


def test_what_the_page_says_counts_for_more(entry, publish):
    publish(
        WHOLE,
        '<title>Une promesse</title><meta property="article:published_time" content="2025-12-05">',
    )
    document = taken_in(entry).document
    assert document.title == "Une promesse"
    assert document.published_on == PartialDate.parse("2025-12-05")


def test_the_publisher_is_that_of_the_feed(entry, publish):
    publisher = PublisherFactory()
    entry.feed.publisher = publisher
    publish(WHOLE, '<meta property="og:site_name" content="Le Portail">')
    assert taken_in(entry).document.publisher == publisher


def test_the_publisher_is_that_of_the_page_if_the_feed_has_none(entry, publish):
    publish(WHOLE, '<meta property="og:site_name" content="Le Portail">')
    assert taken_in(entry).document.publisher.name == "Le Portail"


def test_what_is_there_already_is_linked(entry, publish):
    publish(WHOLE)
    document = DocumentFactory(url=entry.url)
    assert taken_in(entry).document == document


def test_what_follows_fails_with_it(entry, publish):
    publish(WHOLE)
    with pytest.raises(ZeroDivisionError):
        take_in(entry, now=NOON, then=lambda snapshot: 1 / 0)
    entry.refresh_from_db()
    assert (entry.outcome, Document.objects.count()) == (Entry.Outcome.WAITING, 0)


class TestRefused:
    def test_a_page_for_subscribers_is_told(self, entry, publish):
        publish(f"<p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>", CLOSED)
        assert refused_as(entry) == Entry.Outcome.PAYWALLED

    @pytest.mark.parametrize("body", ["", "<p>Vidéo.</p>"])
    def test_a_page_without_a_text_is_told(self, entry, publish, body):
        publish(body)
        assert refused_as(entry) == Entry.Outcome.EMPTY

    def test_an_empty_answer_is_told(self, entry, web):
        web.pages["/a"] = answer(b"", Content_Type="text/html")
        assert refused_as(entry) == Entry.Outcome.EMPTY

    def test_what_programs_may_not_fetch_is_told(self, entry, web):
        web.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /")
        assert refused_as(entry) == Entry.Outcome.REFUSED

    def test_what_is_not_there_is_told(self, entry):
        assert refused_as(entry) == Entry.Outcome.FAILED


class TestTextInTheFeed:
    @pytest.fixture
    def entry(self, web):
        return EntryFactory(url=f"{web.origin}/a", title="A < B", text=IN_FEED)

    def test_it_is_taken_in_where_the_page_is_for_subscribers(self, entry, publish):
        publish(f"<p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>", CLOSED)
        snapshot = taken_in(entry)
        assert "lundi" in snapshot.text
        assert (snapshot.document.url, snapshot.document.title) == (entry.url, "A < B")

    def test_it_is_taken_in_where_the_page_has_no_text(self, entry, publish):
        publish("<p>Vidéo.</p>")
        assert "lundi" in taken_in(entry).text

    def test_it_is_taken_in_where_there_is_no_page(self):
        entry = EntryFactory(url=None, key="1", text=IN_FEED)
        assert taken_in(entry).document.url is None

    def test_it_is_not_where_the_page_has_one(self, entry, publish):
        publish(WHOLE)
        assert "mardi" in taken_in(entry).text

    def test_it_is_not_where_the_page_is_gone(self, entry):
        assert refused_as(entry) == Entry.Outcome.FAILED

    def test_it_is_not_kept_twice(self, entry, publish):
        publish("")
        taken_in(entry)
        assert entry.text == ""
