"""Sitemaps and robots.txt, as search engines read them."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree
from protego import Protego

from claims.correct import correct
from claims.merge import merge_speakers
from claims.pages import urls
from claims.ranges import SPAN
from sources.history import record_clock
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("sitemap.xsd")))
SITE = "http://testserver"


def content(answer) -> bytes:
    return answer.getvalue()


def fetched(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    root = etree.fromstring(content(answer))
    SCHEMA.assertValid(root)
    return root


def index(client):
    """The files by their paths, with when they changed last."""
    return {
        element.findtext("{*}loc").removeprefix(SITE): element.findtext("{*}lastmod")
        for element in fetched(client, "/sitemap.xml")
    }


def file_of(row):
    return f"/sitemaps/{type(row).__name__.lower()}s-{row.pk // SPAN}.xml"


def pages(client, address):
    """The paths in a file, with when each page changed last."""
    return {
        url.findtext("{*}loc").removeprefix(SITE): url.findtext("{*}lastmod")
        for url in fetched(client, address)
    }


def hours(number):
    return NOON + timedelta(hours=number)


def in_utc(number):
    return hours(number).isoformat()


def shown_once(client, row):
    """Whether the page of a row is in its file, in both languages; in neither: not."""
    found = pages(client, file_of(row)) if file_of(row) in index(client) else {}
    paths = {row.get_absolute_url(), f"/en{row.get_absolute_url()}"} & set(found)
    assert len(paths) in (0, 2)
    return len(paths) == 2


def test_an_empty_record_has_its_pages(client):
    assert list(index(client)) == ["/sitemaps/pages.xml"]
    assert {"/", "/en/", "/claims/", "/en/claims/"} < set(pages(client, "/sitemaps/pages.xml"))


def test_every_page_without_an_id_is_in_it(client):
    listed = pages(client, "/sitemaps/pages.xml")
    routes = [str(pattern.pattern) for pattern in urls.urlpatterns]
    expected = {f"/{route}" for route in routes if "<" not in route and "." not in route}
    assert expected - set(listed) == set()


def test_every_page_of_every_file_is_there(client):
    verify(ClaimFactory(accepted=True))
    correct(EffectFactory().development, "update", "Un chiffre.", UserFactory())
    files = index(client)
    assert len(files) == 6
    for address in files:
        for path in pages(client, address):
            assert client.get(path).status_code == 200, path


def test_a_page_says_where_it_is_in_each_language(client):
    claim = ClaimFactory(accepted=True)
    path = claim.get_absolute_url()
    for url in fetched(client, file_of(claim)):
        others = {link.get("hreflang"): link.get("href") for link in url.iterfind("{*}link")}
        assert others == {
            "fr": f"{SITE}{path}",
            "en": f"{SITE}/en{path}",
            "x-default": f"{SITE}{path}",
        }


class TestIsInItsFile:
    def test_a_claim(self, client):
        assert shown_once(client, ClaimFactory(accepted=True))

    def test_a_verification_in_force(self, client):
        assert shown_once(client, verify(ClaimFactory(accepted=True)))

    def test_a_development(self, client):
        assert shown_once(client, DevelopmentFactory(accepted=True))

    def test_a_speaker(self, client):
        assert shown_once(client, ClaimFactory(accepted=True).speaker)

    def test_a_document_that_holds_a_claim(self, client):
        assert shown_once(client, ClaimFactory(accepted=True).document)

    def test_a_document_that_is_cited(self, client):
        document = verify(ClaimFactory(accepted=True)).evidence.get().document
        assert shown_once(client, document)

    def test_a_document_that_tells_of_a_development(self, client):
        assert shown_once(client, DevelopmentFactory(accepted=True).document)


class TestIsNotInIt:
    @pytest.mark.parametrize(
        "factory", [ClaimFactory, DevelopmentFactory, SpeakerFactory, VerificationFactory]
    )
    def test_what_is_not_public(self, client, factory):
        assert not shown_once(client, factory())

    def test_a_document_that_is_not_public(self, client):
        ClaimFactory(accepted=True)
        path = DocumentFactory().get_absolute_url()
        files = [address for address in index(client) if "documents" in address]
        assert [address for address in files if path in pages(client, address)] == []

    def test_a_verification_that_was_superseded(self, client):
        old = verify(ClaimFactory(accepted=True))
        assert shown_once(client, supersede(old, at=hours(1)))
        assert old.get_absolute_url() not in pages(client, file_of(old))

    def test_a_verification_that_was_withdrawn(self, client):
        old, other = verify(ClaimFactory(accepted=True)), verify(ClaimFactory(accepted=True))
        withdrawn(old, "Retirée.", at=hours(1))
        assert list(pages(client, file_of(other))) == [
            other.get_absolute_url(), f"/en{other.get_absolute_url()}"
        ]  # fmt: skip

    def test_a_speaker_who_was_merged(self, client):
        merged, kept = (ClaimFactory(accepted=True).speaker for _row in range(2))
        merge_speakers(merged, kept, UserFactory(role="chief"), "La même.")
        assert shown_once(client, kept)
        assert merged.get_absolute_url() not in pages(client, file_of(kept))


class TestTheLastChange:
    def test_of_a_claim_is_when_it_was_let_in(self, client):
        claim = ClaimFactory(accepted=True)
        assert pages(client, file_of(claim))[claim.get_absolute_url()] == in_utc(0)
        assert index(client)[file_of(claim)] == in_utc(0)

    def test_is_that_of_its_correction(self, client):
        claim = ClaimFactory(accepted=True)
        rows = [claim, verify(claim), DevelopmentFactory(accepted=True)]
        for row in rows:
            with record_clock(hours(2)):
                correct(row, "update", "Un mot.", UserFactory())
            assert pages(client, file_of(row))[row.get_absolute_url()] == in_utc(2)
            assert index(client)[file_of(row)] == in_utc(2)

    def test_of_a_speaker_is_that_of_the_latest_claim(self, client):
        speaker = SpeakerFactory()
        for number in (3, 1):
            ClaimFactory(accepted=True, speaker=speaker, decided_at=hours(number))
        assert pages(client, file_of(speaker))[speaker.get_absolute_url()] == in_utc(3)
        assert index(client)[file_of(speaker)] == in_utc(3)

    def test_of_a_file_is_that_of_the_page_that_changed_last(self, client):
        rows = [ClaimFactory(accepted=True, decided_at=hours(n)) for n in (1, 4, 2)]
        assert index(client)[file_of(rows[0])] == in_utc(4)


def test_files_begin_and_end_where_their_numbers_say(client):
    rows = [ClaimFactory(accepted=True, pk=pk) for pk in (SPAN * 900 - 1, SPAN * 900)]
    before, after = (pages(client, f"/sitemaps/claims-{number}.xml") for number in (899, 900))
    assert [len(before), len(after)] == [2, 2]
    assert rows[0].get_absolute_url() in before
    assert rows[1].get_absolute_url() in after


@pytest.mark.parametrize("name", ["claims-4", "claims-99999999999999999999", "rien-0", "claims"])
def test_a_file_of_nothing_is_not_there(client, name):
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


@pytest.mark.parametrize("name", ["claims", "verifications", "developments", "speakers"])
def test_a_file_takes_one_query_and_that_of_the_last_change(
    client, django_assert_num_queries, name
):
    for _row in range(2):
        verify(EffectFactory().claim)
    address = next(path for path in index(client) if f"/{name}-" in path)
    with django_assert_num_queries(2):
        pages(client, address)


class TestRobots:
    def test_are_told_where_the_sitemap_is(self, client):
        text = client.get("/robots.txt").content.decode()
        assert list(Protego.parse(text).sitemaps) == [f"{SITE}/sitemap.xml"]

    @pytest.mark.parametrize(
        "path", ["/admin/", "/en/admin/", "/claims/?q=a&kind=fact", "/en/claims/?q=a&sort=latest"]
    )
    def test_are_kept_out_of_the_desk_and_of_narrowed_searches(self, client, path):
        text = client.get("/robots.txt").content.decode()
        assert not Protego.parse(text).can_fetch(f"{SITE}{path}", "robot")

    def test_may_fetch_every_page(self, client):
        verify(EffectFactory().claim)
        robots = Protego.parse(client.get("/robots.txt").content.decode())
        paths = ["/feeds/claims.atom", "/api/v1/claims/", "/static/constat.css", "/claims/?q=a"]
        for address in index(client):
            paths += [urlsplit(path).path for path in pages(client, address)]
        assert [path for path in paths if not robots.can_fetch(SITE + path, "robot")] == []
