"""Every page is at one address in each language, says which, and answers as the web expects."""

from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html

from claims.correct import correct
from claims.pages import urls
from sources.history import record_clock
from tests.factories import (
    NOON,
    ClaimFactory,
    EffectFactory,
    SnapshotFactory,
    UserFactory,
)
from tests.record import verify

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
FEED = "application/atom+xml; charset=utf-8"
NO_PAGES = {
    "contact-sent",
    "snapshot-text",
    "claim-image",
    "claim-card",
    "verification-image",
    "verification-card",
}


ASKING = "//script[@src]|//img|//iframe|//link[not(@rel='canonical' or @rel='alternate')]|//form"
ASKED = ("src", "href", "action")


@pytest.fixture
def paths(db):
    """The French path of a page of each kind, by the names of the pages; with those of feeds."""
    with record_clock(NOON):
        claim = ClaimFactory(accepted=True)
        verification = verify(claim)
        development = EffectFactory(claim=claim).development
        correction = correct(claim, "update", "Un chiffre.", UserFactory())
        later = NOON + timedelta(minutes=1)
        SnapshotFactory(document=claim.document, text="Un autre texte.", fetched_at=later)
    of = {
        "claim": [claim.public_id],
        "claim-appearances": [claim.public_id],
        "claim-links": [claim.public_id, "repeats"],
        "snapshot": [claim.document.public_id, claim.sentence.snapshot.sha256],
        "speaker": [claim.speaker.public_id],
        "speaker-feed": [claim.speaker.public_id],
        "document": [claim.document.public_id],
        "document-changes": [claim.document.public_id],
        "verification": [verification.public_id],
        "development": [development.public_id],
        "correction": [correction.pk],
        "methodology-version": [verification.rating.scale.version],
    }
    names = [pattern.name for pattern in urls.urlpatterns if pattern.name not in NO_PAGES]
    return {name: reverse(name, args=of.get(name, [])) for name in names}


@pytest.fixture
def pages(client, paths):
    return [path for path in paths.values() if client.get(path).headers["Content-Type"] != FEED]


def said(answer):
    """The canonical address of a page, and its addresses by language."""
    assert answer.status_code == 200, answer.request["PATH_INFO"]
    head = html.fromstring(answer.content).find("head")
    (canonical,) = head.xpath("link[@rel='canonical']/@href")
    (shared,) = head.xpath("meta[@property='og:url']/@content")
    assert shared == canonical
    links = head.xpath("link[@rel='alternate'][@hreflang]")
    return canonical, {link.get("hreflang"): link.get("href") for link in links}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_says_where_it_is_in_each_language(client, pages, prefix):
    for path in pages:
        assert said(client.get(prefix + path)) == (
            f"{SITE}{prefix}{path}",
            {
                "fr": f"{SITE}{path}",
                "en": f"{SITE}/en{path}",
                "x-default": f"{SITE}{path}",
            },
        )


@pytest.mark.parametrize("query", ["utm_source=x&fbclid=y", "page=1", "as_of=2025-12-08T13:00:00Z"])
def test_what_does_not_belong_to_an_address_is_left_out_of_it(client, pages, query):
    for path in pages:
        assert said(client.get(f"{path}?{query}"))[0] == f"{SITE}{path}"


def test_a_later_page_of_a_list_is_one_of_its_own(client):
    for _row in range(21):
        ClaimFactory(accepted=True)
    canonical, alternates = said(client.get("/claims/?page=2&utm_source=x"))
    assert canonical == f"{SITE}/claims/?page=2"
    assert alternates["en"] == f"{SITE}/en/claims/?page=2"


def test_every_page_and_feed_is_told_of_without_being_sent(client, paths):
    for path in paths.values():
        answer = client.head(path)
        assert (answer.status_code, answer.content) == (200, b""), path


def test_a_path_without_its_last_slash_leads_to_the_one_with_it(client, pages):
    for path in pages:
        if path != "/":
            answer = client.get(f"{path.removesuffix('/')}?page=2")
            assert (answer.status_code, answer.url) == (301, f"{path}?page=2")


def test_no_page_leaves_a_cookie_or_asks_another_site_for_anything(client, paths):
    for path in paths.values():
        answer = client.get(path)
        assert not answer.cookies, path
        if not answer["Content-Type"].startswith("text/html"):
            continue
        for element in html.fromstring(answer.content).xpath(ASKING):
            address = next(filter(None, map(element.get, ASKED)), "")
            known = ("/", "data:", SITE, "https://creativecommons.org/")
            assert not address or address.startswith(known), (path, address)
            assert not address.startswith("//"), (path, address)
