"""The first page, a speaker and a document in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from sources.partial_date import PartialDate
from tests.browser.accessibility import violations
from tests.factories import (
    ClaimFactory,
    EffectFactory,
    ForecastFactory,
    RatingFactory,
    VerificationFactory,
)
from tests.record import supersede, verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claim():
    """One of a speaker with enough of everything to be drawn."""
    claim = ClaimFactory(accepted=True, kind="fact")
    speaker = claim.speaker
    supersede(verify(claim), rating=RatingFactory(value="false"))
    verify(*(ClaimFactory(accepted=True, speaker=speaker, kind="fact") for _claim in range(4)))
    for due in ("2198", "2199-05", "2199-06"):
        promise = ClaimFactory(accepted=True, speaker=speaker)
        ForecastFactory(claim=promise, due_on=PartialDate.parse(due))
    for kind in ("breaks", "fulfils"):
        EffectFactory(claim=ClaimFactory(accepted=True, speaker=speaker), kind=kind)
    VerificationFactory(claims=[ClaimFactory(accepted=True)])
    return claim


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_they_have_no_accessibility_fault(page: Page, live_server, claim, scheme):
    page.emulate_media(color_scheme=scheme)
    faults = {}
    for address in ("/", claim.speaker.get_absolute_url(), claim.document.get_absolute_url()):
        page.goto(live_server.url + address)
        page.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
        if found := violations(page):
            faults[address] = found
    assert faults == {}


def test_a_plot_is_moved_by_keys_where_there_is_no_room(page: Page, live_server, claim):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(live_server.url + claim.speaker.get_absolute_url())
    plot = page.locator("#commitments .plot-scroll").first
    plot.focus()
    page.keyboard.press("ArrowRight")
    expect(plot).to_have_js_property("tabIndex", 0)
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_a_plot_is_seen_by_its_colours_in_any_light(page: Page, live_server, claim):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(live_server.url + claim.speaker.get_absolute_url())
        bar = page.locator("#commitments-0 rect")
        colour, ground = (
            bar.evaluate("bar => getComputedStyle(bar).fill"),
            page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor"),
        )
        assert colour not in (ground, "rgb(0, 0, 0)")
