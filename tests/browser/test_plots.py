"""The plots of a speaker in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.whole_record import whole_record


@pytest.fixture
def claim(transactional_db):
    return whole_record("deux")


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
