"""The pages of a claim and a snapshot in a real browser."""

import hashlib

import pytest
from playwright.sync_api import Page

from tests.browser.whole_record import LONG, whole_record


@pytest.fixture
def claim(transactional_db):
    return whole_record(LONG)


def test_what_contradicts_a_claim_stands_beside_it_where_there_is_room(
    page: Page, live_server, claim
):
    page.goto(live_server.url + claim.get_absolute_url())
    columns = {}
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        boxes = [half.bounding_box() for half in page.locator(".beside").first.locator("> *").all()]
        columns[width] = len({box["x"] for box in boxes})
    assert columns == {360: 1, 1280: 2}


def test_the_text_of_a_snapshot_downloads_as_it_is(page: Page, live_server, claim):
    digest = claim.sentence.snapshot.sha256
    page.goto(f"{live_server.url}{claim.document.get_absolute_url()}snapshots/{digest}/")
    with page.expect_download() as download:
        page.locator("a[href$='/text']").click()
    content = download.value.path().read_bytes()
    assert hashlib.sha256(content).hexdigest() == digest
