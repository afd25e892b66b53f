"""The desk's main screens, by the rules of WCAG 2.2 AA."""

import pytest

from tests.browser.accessibility import violations
from tests.factories import (
    ClaimFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    MessageFactory,
    UserFactory,
)
from tests.record import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def screens():
    """The addresses of pages with something of everything on them."""
    claim, candidate = ClaimFactory(accepted=True), ClaimFactory()
    verification = verify(claim)
    EffectFactory(claim=claim)
    ForecastFactory(claim=claim)
    return [
        "",
        "claims/claim/",
        f"claims/claim/{claim.pk}/change/",
        f"claims/claim/{candidate.pk}/change/",
        f"claims/claim/{claim.pk}/history/",
        "claims/verification/add/",
        f"claims/verification/{verification.pk}/change/",
        "claims/speaker/",
        "claims/speaker/add/",
        "claims/forecast/",
        f"claims/link/queue/{_found_link().pk}/",
        "claims/correction/add/",
        "claims/development/add/",
        "sources/document/",
        "background/job/",
        "claims/import/",
        "claims/import/add/",
        "claims/claimreview/",
        "claims/message/",
        f"claims/message/{MessageFactory().pk}/change/",
    ]


def _found_link():
    differs = {"code": "other number", "first": "deux", "second": "deux"}
    return LinkFactory(score=0.9, ready=True, reasons=[differs])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_of_the_desk_have_no_accessibility_fault(desk, screens, scheme):
    page = desk(UserFactory(is_superuser=True), color_scheme=scheme)
    faults = {}
    for screen in screens:
        page.goto(f"/admin/{screen}")
        page.wait_for_load_state("load")
        if found := violations(page):
            faults[screen] = found
    assert faults == {}
