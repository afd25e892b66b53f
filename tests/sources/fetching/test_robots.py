"""A site says what programs may fetch, and is asked for that once a day."""

from datetime import timedelta

import pytest

from sources.fetching import addresses, robots
from sources.fetching.failure import Failed
from sources.fetching.robots import allowed
from sources.fetching.time_limit import TimeLimit
from sources.models import Site
from sources.refused import Refused
from tests.factories import NOON
from tests.web import answer, redirect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def ask(web, path="/a", at=NOON):
    """The seconds between two requests."""
    address = addresses.read(web.origin + path)
    site, _created = Site.objects.get_or_create(origin=address.origin)
    return allowed(site, address, TimeLimit(at, 10))


def says(web, *lines):
    web.pages["/robots.txt"] = answer("\n".join(lines).encode())


def test_a_page_that_is_not_allowed_is_refused(web):
    says(web, "User-agent: *", "Disallow: /abonnes/*.html$")
    ask(web, "/abonnes/a.pdf")
    with pytest.raises(Refused, match=r"robots\.txt"):
        ask(web, "/abonnes/a.html")


def test_what_is_said_to_us_by_name_counts_before_what_is_said_to_all(web):
    says(web, "User-agent: *", "Allow: /", "User-agent: Constat", "Disallow: /")
    with pytest.raises(Refused):
        ask(web)


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone"])
def test_a_site_without_one_allows_all(web, status):
    web.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /", status)
    ask(web)


@pytest.mark.parametrize("status", ["500 Error", "503 Unavailable", "429 Too Many Requests"])
def test_a_site_that_cannot_say_is_not_fetched_from_now(web, status):
    web.pages["/robots.txt"] = answer(b"", status)
    with pytest.raises(Failed, match="try again later") as failure:
        ask(web)
    assert failure.value.temporary


@pytest.mark.parametrize(
    ("status", "after", "connections"),
    [
        ("200 OK", timedelta(hours=23), 1),
        ("200 OK", timedelta(hours=25), 2),
        ("404 Not Found", timedelta(hours=23), 1),
        ("503 Unavailable", timedelta(minutes=9), 1),
        ("503 Unavailable", timedelta(minutes=11), 2),
    ],
)
def test_it_is_kept_for_a_day_and_its_absence_for_minutes(web, status, after, connections):
    web.pages["/robots.txt"] = answer(b"", status)
    for at in (NOON, NOON + after):
        try:
            ask(web, at=at)
        except Failed:
            assert status.startswith("503")
    assert web.connections == connections


def test_it_is_followed_where_it_moved(web):
    web.pages |= {
        "/robots.txt": redirect("/r.txt"),
        "/r.txt": answer(b"User-agent: *\nDisallow: /"),
    }
    with pytest.raises(Refused):
        ask(web)


def test_it_is_not_followed_to_where_nothing_may_be_fetched(web):
    web.pages["/robots.txt"] = redirect("http://127.0.0.2/")
    with pytest.raises(Refused, match="not a public address"):
        ask(web)


def test_only_its_start_is_read(web, monkeypatch):
    monkeypatch.setattr(robots, "MOST", 100)
    says(web, "User-agent: *", "Disallow: /b", "#" * 100, "Disallow: /a")
    ask(web, "/a")
    with pytest.raises(Refused):
        ask(web, "/b")


def test_bytes_that_are_no_text_do_no_harm(web):
    web.pages["/robots.txt"] = answer(bytes(range(256)) * 9 + b"\nUser-agent: *\nDisallow: /b")
    ask(web, "/a")
    with pytest.raises(Refused):
        ask(web, "/b")


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("", 2),
        ("Crawl-delay: 1", 2),
        ("Crawl-delay: 7.5", 7.5),
        ("Crawl-delay: 86400", 30),
        ("Crawl-delay: nan", 2),
        ("Crawl-delay: inf", 2),
        ("Crawl-delay: -9", 2),
    ],
)
def test_it_says_how_often_it_may_be_asked_within_reason(web, settings, line, delay):
    settings.FETCH_DELAY = 2
    says(web, "User-agent: *", line)
    assert ask(web) == delay


def test_asking_for_it_takes_a_turn(web, settings):
    settings.FETCH_DELAY = 2
    ask(web)
    assert Site.objects.get().next_at > NOON


def test_what_somebody_else_was_told_meanwhile_is_not_asked_again(web, monkeypatch):
    def wait(site, delay, limit):
        Site.objects.update(robots="User-agent: *\nDisallow: /", robots_at=NOON)

    monkeypatch.setattr(robots, "take_turn", wait)
    with pytest.raises(Refused):
        ask(web)
    assert web.connections == 0


def test_rules_made_to_take_long_take_no_time(web):
    says(web, "User-agent: *", *["Disallow: /" + "*a" * 900 + "*b"] * 50)
    ask(web, "/" + "a" * 1500)
