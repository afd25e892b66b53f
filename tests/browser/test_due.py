"""Something happened, what is due, and the desk's first page, in a real browser and by keyboard."""

import pytest
from playwright.sync_api import expect

from claims import roles
from claims.models import Development, Effect
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.browser.accessibility import violations
from tests.factories import (
    NOON,
    ClaimFactory,
    DocumentFactory,
    ForecastFactory,
    PositionFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
CRITERIA = "Deux écoles ouvertes, selon le rectorat."
DARK = "document.documentElement.classList.add('dark')"


@pytest.fixture
def forecast(transactional_db):
    """One that is due, of a claim; written before anything happened."""
    claim = ClaimFactory(accepted=True, wording="Deux écoles ouvriront avant fin 2025.")
    with record_clock(NOON):
        return ForecastFactory(claim=claim, due_on=PartialDate.parse("2025"), criteria=CRITERIA)


def test_what_happened_is_proposed_accepted_and_settles_what_is_due(desk, forecast):
    DocumentFactory(title="Le rectorat ouvre une école")

    # A contributor tells of it from the page of the claim.
    page = desk(UserFactory(role=roles.CONTRIBUTOR))
    page.goto(f"/admin/claims/claim/{forecast.claim_id}/change/")
    page.keyboard.press("h")
    page.wait_for_url("**/happened/**")
    page.keyboard.type("Une école ouvre")
    page.keyboard.press("Tab")
    page.keyboard.type("2026-01-22")
    page.locator("#source-q").focus()
    page.keyboard.type("rectorat")
    source = page.get_by_role("radio").nth(1)
    expect(source).to_be_visible()
    source.focus()
    page.keyboard.press("Space")
    page.locator(f"#effect-{forecast.claim_id}").focus()
    page.keyboard.type("réalise")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/resolve/**")
    assert Development.objects.get().status == "proposed"

    # An editor finds it where the forecast is due, its criteria in view.
    page = desk()
    page.goto("/admin/claims/forecast/due/")
    expect(page.get_by_text(CRITERIA)).to_be_visible()
    page.keyboard.press("r")
    page.wait_for_url("**/resolve/**")
    expect(page.get_by_text(CRITERIA)).to_be_visible()
    page.keyboard.press("a")
    page.wait_for_url("**/resolve/?development=*")
    assert Effect.objects.accepted().exists()
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/due/")
    forecast.refresh_from_db()
    assert (forecast.outcome, forecast.resolved_on.isoformat()) == ("kept", "2026-01-22")


def test_its_screens_have_no_faults_for_those_who_cannot_see_or_use_a_mouse(desk, forecast):
    VerificationFactory(published=True, review_by=NOON.date())
    verification = VerificationFactory(published=True, review_by=NOON.date())
    page = desk()
    found = []
    for address in (
        f"/admin/claims/development/happened/?claim={forecast.claim_id}",
        "/admin/claims/forecast/due/",
        f"/admin/claims/forecast/{forecast.pk}/resolve/",
        f"/admin/claims/forecast/write/{ClaimFactory(accepted=True).pk}/",
        f"/admin/claims/verification/{verification.pk}/look-again/",
    ):
        page.goto(address)
        found += [f"{address}: {fault}" for fault in violations(page)]
        page.evaluate(DARK)
        found += [f"{address}, dark: {fault}" for fault in violations(page)]
    assert found == []


@pytest.fixture
def overview(desk, forecast):
    """An editor's page with something in every part of it."""
    party = SpeakerFactory(kind="organisation", name="Mouvement national des élus locaux")
    for number in range(3):
        speaker = PositionFactory(organisation=party).speaker
        claim = ClaimFactory(accepted=True, speaker=speaker, kind="fact")
        VerificationFactory(claims=[claim], published=True, rating__value="false")
        if number:
            ClaimFactory()
    user = UserFactory()
    VerificationFactory(author=user)
    return desk(user)


def test_the_first_page_has_no_faults_light_or_dark(overview):
    overview.goto("/admin/?period=all")
    for summary in overview.locator("summary").all():
        summary.click()
    found = violations(overview)
    overview.evaluate(DARK)
    assert found + violations(overview) == []


def test_the_first_page_does_not_scroll_sideways_on_a_phone(overview):
    overview.set_viewport_size({"width": 360, "height": 740})
    for address in ("/admin/?period=all", "/admin/claims/forecast/due/"):
        overview.goto(address)
        assert overview.evaluate("document.documentElement.scrollWidth") == 360


def test_a_key_leads_to_what_waits(overview):
    overview.goto("/admin/")
    overview.keyboard.press("7")
    overview.wait_for_url("**/due/?only=due")
