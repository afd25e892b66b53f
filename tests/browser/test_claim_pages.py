"""The pages of a claim, a verification and a snapshot in a real browser."""

import hashlib

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import violations
from tests.factories import (
    ClaimFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    SentenceFactory,
    SnapshotFactory,
)
from tests.record import supersede, verify

LONG = "anticonstitutionnellement" * 4
TEXT = f"Elle promet deux écoles {LONG} et un gymnase.\n"


@pytest.fixture
def claim(transactional_db):
    """A claim of several parts that was contradicted, updated, repeated, verified twice."""
    sentence = SentenceFactory(snapshot=SnapshotFactory(text=TEXT))
    claim = ClaimFactory(accepted=True, sentence=sentence, parts=[(12, 23), (127, 140)])
    for kind in ("repeats", "contradicts", "updates"):
        other = {"claim__wording": f"Il dit {LONG}.", "claim__quotation": "direct"}
        LinkFactory(accepted=True, earlier=claim, kind=kind, **other)
    supersede(verify(claim, explanation=f"Avant {LONG}."), explanation=f"Après {LONG}.")
    EffectFactory(claim=claim)
    ForecastFactory(claim=claim)
    claim.appearances.create(sentence=SentenceFactory())
    return claim


@pytest.fixture
def addresses(claim, live_server):
    snapshot = f"{claim.document.get_absolute_url()}snapshots/{claim.sentence.snapshot.sha256}/"
    pages = [
        claim.get_absolute_url(),
        claim.verifications.latest_versions().get().get_absolute_url(),
        snapshot,
        f"{claim.get_absolute_url()}links/repeats/",
    ]
    return [live_server.url + page for page in pages]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_they_have_no_accessibility_fault_and_do_not_scroll_sideways(page: Page, addresses, scheme):
    page.emulate_media(color_scheme=scheme)
    faults = {}
    for address in addresses:
        page.goto(address)
        found = violations(page)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if page.locator("html").evaluate("root => root.scrollWidth > root.clientWidth"):
                found.append(f"wider than {width}")
        if found:
            faults[address] = found
    assert faults == {}


def test_what_contradicts_a_claim_stands_beside_it_where_there_is_room(page: Page, addresses):
    page.goto(addresses[0])
    columns = {}
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        boxes = [half.bounding_box() for half in page.locator(".beside").first.locator("> *").all()]
        columns[width] = len({box["x"] for box in boxes})
    assert columns == {360: 1, 1280: 2}


def test_the_text_of_a_snapshot_downloads_as_it_is(page: Page, addresses):
    page.goto(addresses[2])
    with page.expect_download() as download:
        page.locator("a[href$='/text']").click()
    content = download.value.path().read_bytes()
    assert hashlib.sha256(content).hexdigest() in addresses[2]
