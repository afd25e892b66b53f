"""Feeds are polled by their own rhythm; what they announce is kept once; what fails is told."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sources.feeds import rhythm
from sources.feeds.announced import RECENT
from sources.feeds.poll import poll, take_due
from sources.models import Entry, Feed, Fetch, Polling
from tests.factories import NOON, EntryFactory, FeedFactory, PollingFactory
from tests.sources.feeds.samples import WHOLE, entry, news_sitemap, rss, sitemap_index
from tests.web import answer, redirect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HOUR = timedelta(hours=1)


@pytest.fixture
def feed(web):
    return FeedFactory(url=f"{web.origin}/rss")


@pytest.fixture
def announce(web):
    """``announce(entry(), …)``: what the feed says from now on."""

    def announced(*entries, said="", **headers):
        feed = rss(*entries, said=said)
        web.pages["/rss"] = answer(feed, Content_Type="application/rss+xml", **headers)

    return announced


def polled(feed, now=NOON) -> list[Entry]:
    """Poll it; returns what is to be taken in."""
    taken = []
    poll(feed, now=now, take_in=lambda entries, _never_read: taken.extend(entries))
    feed.refresh_from_db()
    return taken


class TestDue:
    def test_a_feed_that_was_never_polled_is_due(self):
        feed = FeedFactory()
        assert take_due(NOON) == [feed]

    def test_one_whose_time_has_not_come_is_not(self):
        PollingFactory(due_at=NOON + HOUR)
        assert take_due(NOON) == []

    def test_one_that_is_paused_is_not(self):
        FeedFactory(active=False)
        assert take_due(NOON) == []

    def test_one_is_taken_once(self):
        feed = FeedFactory()
        assert [take_due(NOON), take_due(NOON)] == [[feed], []]

    def test_what_a_poll_meanwhile_found_stays(self):
        feed = PollingFactory(due_at=NOON).feed
        with CaptureQueriesContext(connection) as captured:
            take_due(NOON)
        (update,) = [q["sql"] for q in captured if q["sql"].startswith("UPDATE")]
        assert 'SET "due_at"' in update
        assert "failures" not in update
        assert Polling.objects.get(feed=feed).due_at == NOON + rhythm.FIRST


class TestEntries:
    def test_what_is_new_is_to_be_taken_in(self, feed, announce, web):
        announce(entry("/a", guid="1", text=WHOLE))
        (new,) = polled(feed)
        assert (new.feed, new.key, new.url) == (feed, "1", f"{web.origin}/a")
        assert (new.title, new.published_at, new.seen_at) == ("Deux écoles", NOON, NOON)
        assert new.outcome == Entry.Outcome.WAITING
        assert "Jeanne Roux" in new.text

    def test_the_latest_comes_first(self, feed, announce):
        announce(
            entry("/a", published=NOON - HOUR), entry("/b", published=None), entry("/c", guid="c")
        )
        assert [new.url[-1] for new in polled(feed)] == ["c", "a", "b"]

    def test_what_was_announced_before_is_not_new(self, feed, announce):
        announce(entry("/a"))
        polled(feed)
        announce(entry("/b"), entry("/a"))
        assert [new.url[-1] for new in polled(feed)] == ["b"]

    def test_another_id_for_the_same_address_is_not_new(self, feed, announce):
        announce(entry("/a", guid="1"))
        polled(feed)
        announce(entry("/a#xtor=RSS-1", guid="2"))
        assert polled(feed) == []

    def test_another_address_for_the_same_id_is_not_new(self, feed, announce):
        announce(entry("/a", guid="1"))
        polled(feed)
        announce(entry("/a-corrected", guid="1"))
        assert polled(feed) == []

    def test_what_another_feed_announced_is_not_new(self, feed, announce, web):
        EntryFactory(url=f"{web.origin}/a")
        announce(entry("/a?utm_source=rss", guid="1"))
        assert polled(feed) == []

    def test_the_same_id_in_another_feed_is_another_entry(self, feed, announce):
        EntryFactory(key="1")
        announce(entry("/a", guid="1"))
        assert len(polled(feed)) == 1

    def test_what_is_announced_twice_at_once_is_one(self, feed, announce):
        announce(entry("/a", guid="1"), entry("/a", guid="2"), entry("/b", guid="1"))
        assert len(polled(feed)) == 1

    def test_they_are_written_in_one_order_lest_two_feeds_wait_for_each_other(self, feed, announce):
        announce(*(entry(f"/{name}", guid=f"guid {name}") for name in "cab"))
        polled(feed)
        written = Entry.objects.order_by("pk").values_list("key", flat=True)
        assert list(written) == ["guid a", "guid b", "guid c"]

    def test_what_is_too_old_for_news_is_kept_and_told(self, feed, announce):
        old = NOON - RECENT - HOUR
        announce(*(entry(f"/{n}", f"Archive {n}", published=old) for n in range(300)), entry("/a"))
        assert [new.url[-1] for new in polled(feed)] == ["a"]
        kept = Entry.objects.get(title="Archive 1")
        assert (kept.outcome, kept.published_at) == ("old", old)
        assert "more than 7 days" in kept.reason

    def test_a_date_that_lies_ahead_is_none(self, feed, announce):
        announce(entry(published=NOON + HOUR))
        assert polled(feed)[0].published_at is None

    def test_one_without_a_date_is_taken_in(self, feed, announce):
        announce(entry(published=None))
        assert polled(feed)

    def test_one_with_neither_address_nor_text_is_told(self, feed, announce):
        announce(entry(link=False))
        assert polled(feed) == []
        assert "neither its address" in Entry.objects.get(outcome="empty").reason

    def test_one_without_an_address_may_carry_its_text(self, feed, announce):
        announce(entry(link=False, text=WHOLE))
        assert polled(feed)[0].url is None

    @pytest.mark.parametrize(
        "url", ["http://localhost/admin", "ftp://journal.test/a", f"https://a.fr/{'é' * 5000}"]
    )
    def test_one_that_leads_where_nothing_is_fetched_is_told(self, feed, announce, url):
        announce(entry(url, guid="é" * 3000))
        assert polled(feed) == []
        kept = Entry.objects.get()
        assert (kept.outcome, kept.url) == ("refused", None)
        assert kept.reason.startswith(url[:100])

    def test_what_cannot_be_queued_is_not_kept(self, feed, announce):
        announce(entry())
        with pytest.raises(ZeroDivisionError):
            poll(feed, now=NOON, take_in=lambda *_: 1 / 0)
        assert not Entry.objects.exists()
        assert not Polling.objects.exists()


class TestTitle:
    def test_it_is_the_feeds_own_if_the_editor_gave_none(self, feed, announce):
        announce()
        polled(feed)
        assert feed.title == "Le Jour"

    def test_it_is_the_editors(self, feed, announce):
        Feed.objects.update(title="Le Jour, politique")
        feed.refresh_from_db()
        announce()
        polled(feed)
        assert feed.title == "Le Jour, politique"


class TestRhythm:
    @pytest.mark.parametrize(("new", "next_poll"), [(0, 45), (1, 30), (5, 15)])
    def test_it_follows_what_is_new(self, feed, announce, new, next_poll):
        announce(*(entry(f"/{n}") for n in range(new)))
        polled(feed)
        assert feed.polling.due_at == NOON + timedelta(minutes=next_poll)

    @pytest.mark.parametrize(
        ("said", "headers"),
        [
            ("<ttl>120</ttl>", {}),
            ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>12"
             "</sy:updateFrequency>", {}),
            ("", {"Cache_Control": "max-age=7200"}),
        ],
    )  # fmt: skip
    def test_it_is_not_asked_before_it_says(self, feed, announce, said, headers):
        announce(said=said, **headers)
        polled(feed)
        assert feed.polling.due_at == NOON + 2 * HOUR

    def test_it_is_so_while_nothing_changes(self, feed, announce, web):
        announce(said="<ttl>120</ttl>", ETag='"1"')
        polled(feed)
        web.pages["/rss"] = answer(b"", "304 Not Modified")
        polled(feed, NOON + 3 * HOUR)
        assert feed.polling.due_at == NOON + 5 * HOUR


class TestUnchanged:
    def test_it_is_asked_only_if_it_changed(self, feed, announce, web):
        announce(entry(), ETag='"1"')
        polled(feed)
        web.pages["/rss"] = answer(b"", "304 Not Modified")
        for hour in (1, 2):
            polled(feed, NOON + hour * HOUR)
            assert web.asked[-1][1]["If-None-Match"] == '"1"'
        assert (feed.polling.failures, feed.polling.succeeded_at) == (0, NOON + 2 * HOUR)
        assert Fetch.objects.first().outcome == Fetch.Outcome.UNCHANGED

    def test_what_a_poll_that_broke_off_did_not_keep_is_asked_for_again(self, feed, announce, web):
        announce(entry(), ETag='"1"')
        with pytest.raises(ZeroDivisionError):
            poll(feed, now=NOON, take_in=lambda *_: 1 / 0)
        assert len(polled(feed)) == 1
        assert "If-None-Match" not in web.asked[-1][1]

    def test_the_same_bytes_are_not_read_again(self, feed, announce, monkeypatch):
        announce(entry())
        polled(feed)
        monkeypatch.setattr("sources.feeds.ask.read", lambda *_, **__: 1 / 0)
        assert polled(feed) == []
        assert feed.polling.failures == 0


class TestFailures:
    def test_each_doubles_the_wait(self, feed, web):
        web.pages["/rss"] = answer(status="503 Service Unavailable")
        polled(feed)
        polled(feed)
        assert feed.polling.failures == 2
        assert "out of order" in feed.polling.reason
        assert (feed.polling.polled_at, feed.polling.succeeded_at) == (NOON, None)
        assert feed.polling.due_at == NOON + 4 * rhythm.FIRST

    def test_a_site_that_says_when_is_asked_then(self, feed, web):
        web.pages["/rss"] = answer(status="429 Too Many Requests", Retry_After="36000")
        polled(feed)
        assert feed.polling.due_at == NOON + 10 * HOUR

    def test_a_success_ends_them(self, feed, announce, web):
        polled(feed)
        assert feed.polling.failures == 1
        announce()
        polled(feed)
        assert (feed.polling.failures, feed.polling.reason) == (0, "")

    def test_they_leave_what_was_read_before(self, feed, announce, web):
        announce(entry(), ETag='"1"')
        polled(feed)
        web.pages["/rss"] = answer(status="500 Internal Server Error")
        polled(feed)
        polled(feed)
        assert web.asked[-1][1]["If-None-Match"] == '"1"'

    def test_a_page_instead_of_a_feed_is_told(self, feed, web):
        page = b"<!doctype html><link rel=alternate type=application/atom+xml href=/atom>"
        web.pages["/rss"] = answer(page, Content_Type="text/html")
        polled(feed)
        assert f"{web.origin}/atom" in feed.polling.reason

    def test_a_type_that_is_no_feed_is_told(self, feed, web):
        web.pages["/rss"] = answer(b"a", Content_Type="image/png")
        polled(feed)
        assert "image/png" in feed.polling.reason

    def test_a_forbidden_address_is_told(self):
        feed = FeedFactory(url="http://127.0.0.2/rss")
        polled(feed)
        assert "not a public address" in feed.polling.reason

    def test_a_feed_that_is_gone_for_good_is_paused(self, feed, web):
        web.pages["/rss"] = answer(status="410 Gone")
        polled(feed)
        assert not feed.active
        assert "gone for good" in feed.polling.reason
        assert take_due(NOON + timedelta(days=9)) == []


class TestMoved:
    def test_it_is_polled_where_it_moved_for_good(self, feed, web):
        web.pages |= {
            "/rss": redirect("/new", "301 Moved Permanently"),
            "/new": answer(rss(entry("a")), Content_Type="text/xml"),
        }
        (new,) = polled(feed)
        assert feed.url == f"{web.origin}/new"
        assert new.url == f"{web.origin}/a"

    def test_it_stays_where_it_moved_for_now(self, feed, web):
        web.pages |= {
            "/rss": redirect("/new"),
            "/new": answer(rss(entry()), Content_Type="text/xml"),
        }
        assert polled(feed)
        assert feed.url == f"{web.origin}/rss"

    def test_it_stays_where_what_is_there_is_no_feed(self, feed, web):
        web.pages |= {
            "/rss": redirect("/", "301 Moved Permanently"),
            "/": answer(b"<html>", Content_Type="text/html"),
        }
        polled(feed)
        assert feed.url == f"{web.origin}/rss"

    def test_one_that_moved_to_another_is_paused(self, feed, web):
        FeedFactory(url=f"{web.origin}/new")
        web.pages |= {
            "/rss": redirect("/new", "308 Permanent Redirect"),
            "/new": answer(rss(), Content_Type="text/xml"),
        }
        polled(feed)
        assert not feed.active
        assert "polled already" in feed.polling.reason


class TestEditedMeanwhile:
    def test_the_title_an_editor_gave_stays(self, feed, announce):
        announce(entry())
        Feed.objects.update(title="Le nôtre")
        polled(feed)
        assert feed.title == "Le nôtre"

    @pytest.mark.parametrize("status", ["200 OK", "410 Gone"])
    def test_what_the_address_before_answers_is_left(self, feed, web, status):
        web.pages["/rss"] = answer(rss(entry()), status=status, Content_Type="text/xml")
        Feed.objects.update(url=f"{web.origin}/other")
        assert polled(feed) == []
        assert (feed.url, feed.active) == (f"{web.origin}/other", True)
        assert not Polling.objects.exists()


class TestSitemaps:
    @pytest.fixture
    def index(self, web):
        maps = [(f"{web.origin}/{n}.xml", f"2025-12-0{n}") for n in range(1, 6)]
        web.pages["/rss"] = answer(sitemap_index(*maps), Content_Type="application/xml", ETag='"1"')
        for url, date in maps:
            pages = news_sitemap((url.replace(".xml", ".html"), date, "Deux écoles"))
            web.pages[url.removeprefix(web.origin)] = answer(pages, Content_Type="text/xml")

    def test_one_is_read(self, feed, web):
        pages = news_sitemap((f"{web.origin}/a", "2025-12-08", "Deux écoles"))
        web.pages["/rss"] = answer(pages, Content_Type="text/xml")
        assert [new.title for new in polled(feed)] == ["Deux écoles"]

    def test_of_an_index_the_latest_are_read(self, feed, web, index):
        polled(feed)
        assert web.paths() == ["/rss", "/5.xml", "/4.xml", "/3.xml"]
        assert Entry.objects.count() == 3

    def test_an_index_is_asked_for_whole_since_its_sitemaps_change(self, feed, web, index):
        polled(feed)
        polled(feed)
        assert "If-None-Match" not in web.asked[4][1]
        assert len(web.asked) == 8

    def test_one_that_cannot_be_read_leaves_the_others(self, feed, web, index):
        del web.pages["/5.xml"]
        assert len(polled(feed)) == 2
        assert feed.polling.failures == 0

    def test_an_index_of_which_none_can_be_read_is_told(self, feed, web, index):
        for n in range(1, 6):
            web.pages[f"/{n}.xml"] = answer(status="410 Gone")
        polled(feed)
        assert f"{web.origin}/5.xml: there is no page" in feed.polling.reason
        assert feed.active

    def test_an_index_in_an_index_leads_no_further(self, feed, web):
        index = sitemap_index((f"{web.origin}/rss", ""))
        web.pages["/rss"] = answer(index, Content_Type="text/xml")
        assert polled(feed) == []
        assert web.paths() == ["/rss", "/rss"]

    def test_a_forbidden_address_in_an_index_is_not_fetched(self, feed, web):
        index = sitemap_index(("http://169.254.169.254/latest", ""))
        web.pages["/rss"] = answer(index, Content_Type="text/xml")
        polled(feed)
        assert "not a public address" in feed.polling.reason


@pytest.mark.django_db(transaction=True)
def test_two_that_poll_at_once_keep_each_entry_once(feed, web):
    other = FeedFactory(url=f"{web.origin}/atom")
    for path in ("/rss", "/atom"):
        order = range(50) if path == "/rss" else reversed(range(50))
        web.pages[path] = answer(
            rss(*(entry(f"{web.origin}/{n}") for n in order)), Content_Type="text/xml"
        )
    taken, start = [], threading.Barrier(4)

    def work(one):
        start.wait()
        poll(one, now=NOON, take_in=lambda entries, _never_read: taken.extend(entries))
        connection.close()

    threads = [threading.Thread(target=work, args=[one]) for one in (feed, other, feed, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new.url for new in taken) == sorted(f"{web.origin}/{n}" for n in range(50))
    assert Entry.objects.count() == 50
