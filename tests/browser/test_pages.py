"""The public pages in a real browser."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from tests.browser.whole_record import LONG, whole_record
from tests.factories import ClaimFactory


@pytest.fixture
def claim(transactional_db):
    return whole_record(LONG)


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
