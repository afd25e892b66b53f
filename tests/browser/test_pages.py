"""The public pages in a real browser."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from claims.correct import correct
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    EffectFactory,
    ForecastFactory,
    PositionFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)
from tests.record import supersede, verify

LONG = "anticonstitutionnellement" * 4
REFUSED = "/?as_of=hier"
LATER = NOON + timedelta(days=1)
HOSTILE = '<img src=x onerror="document.title=1"><script>document.title = 1</script>'


@pytest.fixture
def claim(transactional_db):
    """A claim with everything a page can show of one, in a text that is hard to set."""
    text = f"Avant. La maire promet {HOSTILE} et deux écoles {LONG}.\n\nAprès."
    start, end = text.index("La maire"), text.index("\n")
    sentence = SentenceFactory(snapshot=SnapshotFactory(text=text), start=start, end=end)
    changed = text.replace("deux", f"trois {LONG}")
    SnapshotFactory(document=sentence.snapshot.document, text=changed, fetched_at=LATER)
    speaker = SpeakerFactory(name=f"Jeanne Roux {LONG}")
    PositionFactory(speaker=speaker, since=PartialDate.parse("2020-03"))
    claim = ClaimFactory(
        accepted=True,
        sentence=sentence,
        content=[(text.index("<img"), end - 1)],
        quote=text[text.index("<img") : end - 1],
        wording=f"Deux écoles {LONG} ouvriront.",
        speaker=speaker,
    )
    evidence = {
        "document__title": f"Compte rendu {LONG}",
        "document__url": f"https://journal.example/{LONG}",
        "passage": "deux écoles",
        "archived_url": f"https://archive.example/{LONG}",
        "interest": f"Elle défend son bilan {LONG}.",
    }
    verification = supersede(verify(claim, evidence=[evidence], summary=f"Imprécis {LONG}."))
    correct(verification, "right_of_reply", f"La mairie répond {LONG}.", UserFactory())
    EffectFactory(claim=claim, development__title=f"La première école {LONG} ouvre")
    ForecastFactory(claim=claim)
    correct(claim, "error", HOSTILE, UserFactory(), wording=f"Trois écoles {LONG} ouvriront.")
    return claim


def addresses(claim) -> list[str]:
    current = claim.verifications.latest_versions().get()
    rows = [
        claim,
        claim.speaker,
        claim.document,
        current.evidence.get().document,
        current,
        current.predecessor,
        claim.developments.get(),
    ]
    searched = f"/claims/?q={LONG}&kind={claim.kind}&from=2025&speaker={claim.speaker.public_id}"
    lists = ["/", "/claims/", searched, "/speakers/", "/developments/", "/corrections/"]
    changes = f"{claim.document.get_absolute_url()}changes/"
    cards = [f"{row.get_absolute_url()}card/" for row in (claim, current)]
    return [*lists, REFUSED, "/rien", changes, *cards, *(row.get_absolute_url() for row in rows)]


def test_no_page_scrolls_sideways(page: Page, live_server, claim):
    wide = []
    for address in addresses(claim):
        page.goto(live_server.url + address)
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if page.locator("html").evaluate("root => root.scrollWidth > root.clientWidth"):
                wide.append((address, width))
    assert wide == []


def test_the_language_switch_leads_to_the_same_page_in_english(page: Page, live_server, claim):
    page.goto(live_server.url + claim.get_absolute_url())
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{live_server.url}/en{claim.get_absolute_url()}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text(claim.wording)


def test_the_language_switch_leads_back_to_french(page: Page, live_server, claim):
    page.goto(f"{live_server.url}/en/claims/")
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(f"{live_server.url}/claims/")


def test_the_language_switch_stays_on_the_page_of_a_list(page: Page, live_server, claim):
    ClaimFactory.create_batch(20, accepted=True, sentence__snapshot=claim.sentence.snapshot)
    page.goto(f"{live_server.url}/claims/?page=2")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{live_server.url}/en/claims/?page=2")


def test_a_hostile_text_is_shown_as_text(page: Page, live_server, claim):
    page.goto(live_server.url + claim.document.get_absolute_url())
    expect(page.locator(".text")).to_contain_text(HOSTILE)
    expect(page.locator("main script, main img")).to_have_count(0)
    expect(page).not_to_have_title("1")


def test_a_mark_in_a_document_leads_to_its_claim(page: Page, live_server, claim):
    page.goto(live_server.url + claim.document.get_absolute_url())
    page.locator(".text mark a").click()
    expect(page).to_have_url(live_server.url + claim.get_absolute_url())


def test_the_number_of_a_mark_leads_to_the_list_and_back(page: Page, live_server, claim):
    address = live_server.url + claim.document.get_absolute_url()
    page.goto(address)
    page.locator(".text sup a").click()
    expect(page).to_have_url(f"{address}#claim-1")
    page.locator("#claim-1 .number").click()
    expect(page).to_have_url(f"{address}#mark-{claim.public_id}")


def test_the_pages_run_under_their_security_policy(page: Page, live_server, claim):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    for address in addresses(claim):
        if address not in ("/rien", REFUSED):
            page.goto(live_server.url + address)
    assert complaints == []


def test_the_keyboard_reaches_the_content_first(page: Page, live_server, claim):
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/#content")


def test_a_superseded_verification_leads_to_the_current_one(page: Page, live_server, claim):
    current = claim.verifications.latest_versions().get()
    page.goto(live_server.url + current.predecessor.get_absolute_url())
    page.locator(".notice").get_by_role("link").click()
    expect(page).to_have_url(live_server.url + current.get_absolute_url())


def test_a_day_asked_about_is_kept_from_page_to_page(page: Page, live_server, claim):
    today = localdate().isoformat()
    page.goto(live_server.url)
    page.locator("input[name=as_of]").fill(today)
    page.get_by_role("button", name="Afficher").click()
    expect(page).to_have_url(f"{live_server.url}/?as_of={today}")
    page.get_by_role("link", name=claim.wording).first.click()
    expect(page).to_have_url(f"{live_server.url}{claim.get_absolute_url()}?as_of={today}")
    page.locator(".past").get_by_role("link").click()
    expect(page).to_have_url(live_server.url + claim.get_absolute_url())


def test_a_search_is_narrowed_widened_and_shared_by_its_address(page: Page, live_server, claim):
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("ecole")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/claims/?q=ecole")
    expect(page.locator("mark", has_text="écoles").first).to_be_visible()
    page.locator(".side").get_by_role("link", name="Engagement").click()
    expect(page).to_have_url(f"{live_server.url}/claims/?q=ecole&kind=commitment")
    page.locator(".chosen").get_by_role("link", name="Engagement").click()
    expect(page).to_have_url(f"{live_server.url}/claims/?q=ecole")
    page.locator("#from").fill("2025")
    page.locator("#to").fill("2025-12")
    page.locator(".side").get_by_role("button").click()
    expect(page).to_have_url(f"{live_server.url}/claims/?q=ecole&from=2025&to=2025-12")
