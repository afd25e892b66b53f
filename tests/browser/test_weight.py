"""What a page weighs, whom it asks, and that it stands still."""

import pytest
from playwright.sync_api import Page

from claims.correct import correct
from tests.factories import (
    ClaimFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    UserFactory,
)
from tests.record import supersede, verify

LIGHT = 60_000  # bytes over the wire, headers too
SHIFTS = """
() => new Promise(resolve => {
  let moved = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => moved += entry.value))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(moved), 300);
})
"""


@pytest.fixture
def claim(transactional_db):
    """A claim with more around it than most have."""
    claim = ClaimFactory(accepted=True)
    PositionFactory(speaker=claim.speaker)
    ForecastFactory(claim=claim)
    evidence = [{"note": "Ce que montre la source. " * 10, "passage": ""} for _each in range(8)]
    current = verify(claim, evidence=evidence, explanation="Une phrase de plus. " * 200)
    for _each in range(3):
        current = supersede(current)
    for _each in range(10):
        LinkFactory(accepted=True, earlier=claim)
        EffectFactory(claim=claim)
        correct(claim, "update", "Une source de plus, dit en une phrase.", UserFactory())
    return claim


@pytest.fixture
def network(page):
    """The browser's own account: (addresses asked for, bytes that came over the wire)."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked, came = [], []
    network.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    network.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    return asked, came


def test_a_page_is_light_asks_nobody_else_and_stands_still(page: Page, network, live_server, claim):
    asked, came = network
    for address in (claim.get_absolute_url(), claim.speaker.get_absolute_url(), "/", "/en/claims/"):
        asked.clear(), came.clear()
        page.goto(live_server.url + address, wait_until="networkidle")
        assert page.evaluate(SHIFTS) == 0, address
        assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
        assert len(came) >= 3, address  # The page, its style, its icon.
        assert sum(came) <= LIGHT, address
