"""The index of everybody who speaks."""

import pytest
from django.db import connection

from claims.pages import speakers as module
from tests.factories import ClaimFactory, PositionFactory, SpeakerFactory
from tests.pages import shown

pytestmark = pytest.mark.django_db

PAGE = "/en/speakers/"


def speaking(*names: str) -> None:
    for name in names:
        ClaimFactory(accepted=True, speaker=SpeakerFactory(name=name))


def found(client, query: str = "") -> str:
    return " ".join(shown(client, f"{PAGE}?{query}").split())


def test_lists_those_who_speak_by_name(client):
    speaking("Bruno", "un ministre", "Eva", "Anne", "Zoé", "Étienne")
    page = found(client)
    assert "6 speakers" in page
    names = ("Anne", "Bruno", "Étienne", "Eva", "Un ministre", "Zoé")
    places = [page.index(name) for name in names]
    assert places == sorted(places)


def test_lists_nobody_without_a_public_claim(client):
    speaker = SpeakerFactory(name="Personne")
    ClaimFactory(speaker=speaker)
    assert "Personne" not in found(client)


def test_finds_a_name_however_it_is_typed(client):
    speaking("Hélène Lefèvre", "Paul Durand")
    page = found(client, "q=helene")
    assert ("Hélène" in page, "Paul" in page) == (True, False)


def test_puts_a_slip_right(client):
    speaking("Paul Durand")
    assert "this is for “durand”" in found(client, "q=durnad")


def test_says_who_they_are_today(client):
    position = PositionFactory(speaker=ClaimFactory(accepted=True).speaker)
    assert position.title in found(client)


def test_a_name_nobody_has_is_told(client):
    assert "Nobody of that name" in found(client, "q=xylophone")


def test_goes_on_over_pages_that_keep_the_name(client, monkeypatch):
    monkeypatch.setattr(module, "PER_PAGE", 1)
    speaking("Anne Roux", "Bruno Roux")
    assert 'href="?page=2&amp;q=roux"' in found(client, "q=roux")


@pytest.mark.parametrize("query", ["name=roux", "page=deux", "q=a&q=b"])
def test_refuses_what_there_is_not(client, query):
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 400
    assert f"“{query.partition('=')[0]}”" in answer.content.decode()


def test_has_no_page_beyond_the_last(client):
    assert client.get(PAGE, {"page": 2}).status_code == 404


@pytest.mark.parametrize("words", ["\0", "a" * 100_000, "!&|()", "https://a/\0"])
def test_answers_whatever_is_typed(client, words):
    assert client.get(PAGE, {"q": words}).status_code == 200


def test_needs_as_many_queries_as_the_baseline(client, counted_queries):
    speaking("Anne Roux", "Bruno Roux")
    with counted_queries("speakers"):
        found(client, "q=roux")


def test_a_search_that_takes_too_long_is_given_up_and_told(client, monkeypatch):
    def sleep(name):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(10)")

    monkeypatch.setattr(module, "_named", sleep)
    monkeypatch.setattr(module, "SECONDS", 0.05)
    assert "takes too long" in shown(client, f"{PAGE}?q=anne", status=503)


def test_is_in_the_menu_of_every_page(client):
    menu = shown(client, "/en/about/").partition("<main")[0]
    assert f'href="{PAGE}"' in menu
    assert f'href="{PAGE}" aria-current="page"' in found(client)
