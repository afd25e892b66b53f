"""An address is fetched, or refused in one sentence; the attempt is kept either way."""

import hashlib
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.http import http_date

from sources.fetching.failure import Failed
from sources.fetching.fetch import fetch
from sources.fetching.redirects import MOST
from sources.fetching.time_limit import TimeLimit
from sources.models import Fetch
from sources.origin import Origin
from sources.refused import Refused
from tests.factories import NOON
from tests.web import answer, redirect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

WORDS = "La maire a promis deux écoles.\n".encode()


def refusal(url, **options):
    """Why it is refused; the same reason is kept."""
    with pytest.raises(Refused) as error:
        fetch(url, now=NOON, **options)
    attempt = Fetch.objects.first()
    assert attempt.reason == str(error.value)
    failed = isinstance(error.value, Failed)
    assert attempt.outcome == (Fetch.Outcome.FAILED if failed else Fetch.Outcome.REFUSED)
    return error.value


def test_what_was_fetched_is_given_with_all_that_is_known_of_it(web):
    modified = http_date(0)
    web.pages["/a"] = answer(
        WORDS, Content_Type="Text/Plain; Charset=UTF-8", ETag='"1"', Last_Modified=modified
    )
    fetched = fetch(f"{web.origin}/a#bas", now=NOON)
    assert fetched.content == WORDS
    assert not fetched.unchanged
    kept = Fetch.objects.values(
        "url", "final_url", "at", "outcome", "status", "reason", "etag", "last_modified",
        "media_type", "charset", "size", "sha256", "snapshot",
    ).get()  # fmt: skip
    assert kept == {
        "url": f"{web.origin}/a#bas",
        "final_url": f"{web.origin}/a",
        "at": NOON,
        "outcome": "fetched",
        "status": 200,
        "reason": "",
        "etag": '"1"',
        "last_modified": modified,
        "media_type": "text/plain",
        "charset": "utf-8",
        "size": len(WORDS),
        "sha256": hashlib.sha256(WORDS).hexdigest(),
        "snapshot": None,
    }


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/plain", ""),
        ("text/plain; charset=iso-8859-1", "iso-8859-1"),
        ('text/plain; charset="windows-1252"', "windows-1252"),
        ("text/plain; charset=aucun", "aucun"),
        ("text/plain; charset=é<script>", ""),
        (f"text/plain; charset={'a' * 50}", ""),
        ("text/plain;;;charset", ""),
    ],
)
def test_the_charset_is_passed_on_and_the_bytes_are_left_as_they_are(web, content_type, charset):
    web.pages["/"] = answer(b"\xe9t\xe9", Content_Type=content_type)
    fetched = fetch(web.origin, now=NOON)
    assert (fetched.attempt.charset, fetched.content) == (charset, b"\xe9t\xe9")


@pytest.mark.parametrize(
    ("header", "reason"),
    [("image/png", "image/png"), (None, "does not say"), ("<b>", "does not say")],
)
def test_another_media_type_is_refused_before_its_body_is_read(web, header, reason):
    def page(send):
        send(answer(Content_Type=header, Content_Length=9))
        raise OSError

    web.pages["/"] = page
    assert reason in str(refusal(web.origin))


def test_the_last_media_type_of_several_counts(web):
    web.pages["/"] = answer(b"a", Content_Type="image/png\r\nContent-Type: text/plain")
    assert fetch(web.origin, now=NOON).attempt.media_type == "text/plain"


def test_other_media_types_are_fetched_where_they_are_wanted(web):
    web.pages["/"] = answer(b"<rss/>", Content_Type="application/rss+xml")
    assert fetch(web.origin, now=NOON, accept=["application/rss+xml"]).content == b"<rss/>"
    assert web.asked[0][1]["Accept"] == "application/rss+xml"


def test_more_than_the_limit_is_refused(web, settings):
    settings.MAX_FETCH_BYTES = 10
    web.pages["/"] = answer(b"a" * 11)
    assert "limit of 10 bytes" in str(refusal(web.origin))
    assert Fetch.objects.get().status == 200


@pytest.mark.parametrize(
    ("status", "reason", "temporary"),
    [
        ("403 Forbidden", "to us (HTTP 403)", False),
        ("404 Not Found", "no page", False),
        ("410 Gone", "no page", False),
        ("429 Too Many Requests", "less often", True),
        ("500 Internal Server Error", "out of order", True),
        ("503 Service Unavailable", "out of order", True),
        ("204 No Content", "no page (HTTP 204)", False),
        ("206 Partial Content", "no page", False),
        ("304 Not Modified", "no page", False),
        ("300 Multiple Choices", "no page", False),
    ],
)
def test_a_site_that_sends_no_page_is_told(web, status, reason, temporary):
    web.pages["/"] = answer(b"", status)
    failure = refusal(web.origin)
    assert reason in str(failure)
    assert failure.temporary is temporary
    assert Fetch.objects.get().status == failure.status == int(status[:3])


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        (http_date(NOON.timestamp() + 120), 120),
        (http_date(0), 0),
        ("bientôt", 0),
        (None, 0),
    ],
)
def test_a_site_says_when_to_come_back(web, said, seconds):
    web.pages["/"] = answer(b"", "503 Service Unavailable", Retry_After=said)
    assert refusal(web.origin).retry_after == pytest.approx(seconds, abs=5)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("public, max-age=300", 300), ("max-age=-1", 0), ("no-store", 0), (None, 0)],
)
def test_a_site_says_how_long_a_page_stays_as_it_is(web, said, seconds):
    web.pages["/"] = answer(WORDS, Cache_Control=said)
    assert fetch(web.origin, now=NOON).max_age == seconds


def test_a_page_that_programs_may_not_fetch_is_refused_and_not_asked_for(web):
    web.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /a")
    assert "robots.txt" in str(refusal(f"{web.origin}/a"))
    assert web.asked == []


def test_a_site_is_asked_once_in_a_while(web, settings, monkeypatch):
    waited = []
    monkeypatch.setattr(TimeLimit, "wait", lambda limit, seconds: waited.append(round(seconds)))
    settings.FETCH_DELAY = 1
    web.pages |= {
        "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 9"),
        "/a": redirect("/b"),
        "/b": answer(WORDS),
    }
    for _time in range(2):
        fetch(f"{web.origin}/a", now=NOON)
    robots, first, second = 0, 1, 10
    assert waited == [robots, first, second]


class TestRedirects:
    def test_robots_txt_counts_where_one_leads_to(self, web):
        web.pages |= {
            "/robots.txt": answer(b"User-agent: *\nDisallow: /b"),
            "/a": redirect("/b"),
        }
        assert "robots.txt" in str(refusal(f"{web.origin}/a"))
        assert web.paths() == ["/a"]

    def test_they_are_followed(self, web):
        web.pages |= {
            "/": redirect("/a b/é"),
            "/a%20b/%C3%A9": answer(WORDS),
        }
        fetched = fetch(web.origin, now=NOON)
        assert fetched.attempt.final_url == f"{web.origin}/a%20b/%C3%A9"

    @pytest.mark.parametrize(
        ("first", "second", "lasting"),
        [
            ("301 Moved Permanently", "308 Permanent Redirect", "/c"),
            ("301 Moved Permanently", "302 Found", "/b"),
            ("307 Temporary Redirect", "301 Moved Permanently", "/a"),
        ],
    )
    def test_where_it_was_moved_for_good_is_told(self, web, first, second, lasting):
        web.pages |= {
            "/a": redirect("/b", first),
            "/b": redirect("/c", second),
            "/c": answer(WORDS),
        }
        assert fetch(f"{web.origin}/a", now=NOON).lasting_url == web.origin + lasting

    def test_as_many_as_the_limit_are_followed(self, web):
        web.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(MOST)}
        web.pages[f"/{MOST}"] = answer(WORDS)
        assert fetch(f"{web.origin}/0", now=NOON).content == WORDS

    def test_a_loop_ends(self, web):
        web.pages["/"] = redirect("/")
        assert "more than 5 times" in str(refusal(web.origin))
        assert len(web.asked) == MOST + 1

    @pytest.mark.parametrize(
        ("to", "reason"),
        [
            ("http://127.0.0.2/", "not a public address"),
            ("//169.254.169.254/latest/meta-data/", "not a public address"),
            ("http://[::1]/", "not a public address"),
            ("http://2130706433/", "IP address"),
            ("http://localhost/", "public web"),
            ("file:///etc/passwd", "http:// or https://"),
            ("http://a:b@journal.test/", "password"),
            ("http://journal.test:22/", "port 22"),
        ],
    )
    def test_one_that_leads_to_a_forbidden_address_is_refused(self, web, to, reason):
        web.pages["/"] = redirect(to)
        assert reason in str(refusal(web.origin))

    def test_one_without_an_address_is_told(self, web):
        web.pages["/"] = answer(b"", "302 Found")
        assert "HTTP 302" in str(refusal(web.origin))


class TestAttempt:
    @pytest.mark.parametrize(
        ("url", "kept"),
        [
            ("file:///etc/passwd", "file:///etc/passwd"),
            ("http://127.0.0.2/", "http://127.0.0.2/"),
            ("http://editor:secret@journal.test/", "http://…@journal.test/"),
            ("http://journal.test/\0\udcff", "http://journal.test/\ufffd?"),
            ("http://journal.test/" + "a" * 3000, "http://journal.test/" + "a" * 1980),
        ],
    )
    def test_it_is_kept_when_the_address_is_refused(self, open_loopback, url, kept):
        refusal(url)
        assert Fetch.objects.get().url == kept

    def test_it_is_kept_when_it_is_broken_off(self, web, monkeypatch):
        def stop(*args):
            raise KeyboardInterrupt

        monkeypatch.setattr("sources.fetching.fetch.take_turn", stop)
        with pytest.raises(KeyboardInterrupt):
            fetch(web.origin, now=NOON)
        assert Fetch.objects.get().reason == "it was broken off"

    def test_it_outlives_what_is_rolled_back_afterwards(self, web):
        web.pages["/"] = answer(WORDS)
        fetched = fetch(web.origin, now=NOON)
        with transaction.atomic():
            fetched.ingest(Origin(), today=NOON.date())
            transaction.set_rollback(True)
        assert Fetch.objects.get().snapshot is None

    def test_it_cannot_be_lost_with_a_transaction_around_it(self, web):
        with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
            fetch(web.origin, now=NOON)
        assert web.connections == 0


class TestUnchanged:
    @pytest.fixture
    def snapshot(self, web):
        """One that was fetched from /a."""
        web.pages["/a"] = answer(
            WORDS, ETag='"1"', Last_Modified=http_date(0), Content_Type="text/plain; charset=utf-8"
        )
        fetched = fetch(f"{web.origin}/a", now=NOON)
        snapshot = fetched.ingest(Origin(), today=NOON.date()).snapshot
        web.pages["/a"] = answer(b"", "304 Not Modified")
        return snapshot

    def test_a_page_that_is_there_is_asked_for_only_if_it_changed(self, web, snapshot):
        fetched = fetch(f"{web.origin}/a", now=NOON + timedelta(hours=1))
        asked = web.asked[-1][1]
        assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', http_date(0))
        assert fetched.unchanged
        assert fetched.content == WORDS
        assert (fetched.attempt.media_type, fetched.attempt.charset) == ("text/plain", "utf-8")
        kept = Fetch.objects.first()
        assert (kept.outcome, kept.status, kept.snapshot) == ("unchanged", 304, snapshot)

    def test_it_is_so_the_third_time_too(self, web, snapshot):
        for hour in (1, 2):
            fetched = fetch(f"{web.origin}/a", now=NOON + timedelta(hours=hour))
            assert fetched.unchanged

    def test_a_page_that_changed_is_fetched(self, web, snapshot):
        web.pages["/a"] = answer(b"Autre chose.", ETag='"2"')
        fetched = fetch(f"{web.origin}/a", now=NOON + timedelta(hours=1))
        assert (fetched.unchanged, fetched.content) == (False, b"Autre chose.")

    def test_what_is_kept_as_no_snapshot_is_asked_for_only_if_it_changed(self, web):
        web.pages["/a"] = answer(WORDS, ETag='"1"')
        before = fetch(f"{web.origin}/a", now=NOON).attempt
        web.pages["/a"] = answer(b"", "304 Not Modified")
        fetched = fetch(f"{web.origin}/a", now=NOON, before=before)
        assert (fetched.unchanged, fetched.content) == (True, b"")
        assert (fetched.attempt.etag, fetched.attempt.sha256) == ('"1"', before.sha256)

    def test_a_page_that_was_not_taken_in_is_asked_for_whole(self, web):
        web.pages["/a"] = answer(WORDS, ETag='"1"')
        for _time in range(2):
            fetch(f"{web.origin}/a", now=NOON)
        assert "If-None-Match" not in web.asked[-1][1]

    def test_another_page_that_it_redirects_to_is_asked_for_whole(self, web, snapshot):
        web.pages |= {"/a": redirect("/b"), "/b": answer(b"Autre chose.")}
        fetch(f"{web.origin}/a", now=NOON + timedelta(hours=1))
        assert [bool(headers["If-None-Match"]) for _path, headers in web.asked[-2:]] == [
            True,
            False,
        ]

    @pytest.mark.parametrize("etag", ["1", '"a\tb"', '"' + "a" * 300 + '"'])
    def test_what_is_no_etag_is_not_sent_back(self, web, etag):
        web.pages["/a"] = answer(WORDS, ETag=etag, Last_Modified="hier")
        assert fetch(f"{web.origin}/a", now=NOON).attempt.etag == ""
        assert Fetch.objects.get().last_modified == ""
