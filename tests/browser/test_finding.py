"""Finding things at the desk, by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from sources.models import SavedFilter
from tests.browser.accessibility import violations
from tests.factories import ClaimFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claim():
    return ClaimFactory(quote="Deux écoles ouvriront.", accepted=True)


@pytest.fixture
def page(desk, claim):
    page = desk()
    page.goto("/admin/claims/claim/")
    page.wait_for_load_state("load")
    return page


def test_what_is_typed_after_a_slash_is_found_and_opened(page, claim):
    page.keyboard.press("/")
    page.keyboard.type("ecole")
    expect(page.get_by_role("dialog").locator("mark")).to_have_text("écoles")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/claims/claim/{claim.pk}/change/")


def test_enter_leads_to_all_that_was_found(page):
    page.keyboard.press("/")
    page.keyboard.type("ecole")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/claim/search/?q=ecole")
    expect(page.locator("main mark")).to_have_text("écoles")


def test_a_list_is_filtered_and_its_filters_are_saved(page):
    page.keyboard.press("l")
    page.get_by_label(re.compile("statut")).select_option("accepted")
    page.get_by_role("button", name="Appliquer les filtres").press("Enter")
    page.wait_for_url("**/claims/claim/?status__exact=accepted")
    page.locator("summary").press("Enter")
    page.get_by_label("Nom").fill("Retenues")
    page.keyboard.press("Enter")
    opened = page.get_by_role("link", name="Retenues")
    expect(opened).to_have_attribute("aria-current", "page")
    assert SavedFilter.objects.get().query == "status__exact=accepted"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_finding_has_no_accessibility_fault(desk, claim, scheme):
    user = UserFactory()
    SavedFilter.objects.create(owner=user, name="x", listing="claims.claim", query="q=écoles")
    page = desk(user, color_scheme=scheme)
    page.goto("/admin/claims/claim/?q=écoles")
    page.wait_for_load_state("load")
    faults = violations(page)
    page.keyboard.press("l")
    page.wait_for_timeout(200)
    faults += violations(page)
    page.goto("/admin/claims/claim/search/?q=ecole")
    faults += violations(page)
    page.keyboard.press("/")
    page.keyboard.type("ecole")
    expect(page.get_by_role("dialog").locator("mark")).to_be_visible()
    faults += violations(page)
    assert faults == []
