"""A card of ours in a page of another site."""

import pytest
from playwright.sync_api import Page, expect

from claims.embedding import Frame
from tests.factories import ClaimFactory, PositionFactory, SpeakerFactory
from tests.record import verify
from tests.web import Web, answer

LONG = "anticonstitutionnellement" * 4
HOSTILE = '</iframe><script>document.title = "1"</script>\u202e'


@pytest.fixture
def claim(transactional_db):
    """A verified one in words that are hard to set."""
    speaker = SpeakerFactory(name=f"Jeanne Roux {LONG}")
    PositionFactory(speaker=speaker)
    claim = ClaimFactory(
        accepted=True, wording=f"Deux écoles {LONG} {HOSTILE} ouvriront.", speaker=speaker
    )
    verify(claim)
    return claim


@pytest.fixture
def elsewhere(claim, live_server):
    """``elsewhere(width)``: the address of a page of another site that shows its card so wide."""
    site = Web()
    site.pages["/favicon.ico"] = answer()

    def address(width: int) -> str:
        card = f"{live_server.url}{claim.get_absolute_url()}card/"
        page = Frame.around(card, claim.text, claim.text, width).html
        site.pages["/"] = answer(page.encode(), Content_Type="text/html")
        return f"http://127.0.0.1:{site.port}/"

    yield address
    site.close()


@pytest.mark.parametrize(("width", "scheme"), [(300, "light"), (600, "dark")])
def test_is_shown_in_a_frame_of_another_site(page: Page, elsewhere, width, scheme):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.emulate_media(color_scheme=scheme)
    page.goto(elsewhere(width))
    card = page.frame_locator("iframe")
    expect(card.get_by_role("heading")).to_contain_text("</iframe><script>")
    expect(card.locator(".rating")).to_have_text("Imprécis")
    expect(card.locator(".rating svg")).to_be_visible()
    root = card.locator("html")
    assert root.evaluate("root => root.scrollWidth") == width
    paper = root.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(255, 254, 251)", "dark": "rgb(22, 24, 27)"}[scheme]
    assert complaints == []
    expect(page).not_to_have_title("1")


def test_leads_to_the_page_of_the_claim(page: Page, live_server, claim, elsewhere):
    page.goto(elsewhere(600))
    with page.expect_popup() as opened:
        page.frame_locator("iframe").get_by_role("heading").get_by_role("link").click()
    expect(opened.value).to_have_url(live_server.url + claim.get_absolute_url())
