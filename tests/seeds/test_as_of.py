"""What the dossier's record said on five days, worked out by hand from its files."""

from collections import Counter
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from claims.models import Claim, Development, Forecast, Standing, Verification
from sources.past import as_of

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")

# Claims are let in on 22 November at 17:30; verifications follow at 18:00 (imprecise), 18:10
# (true), 18:20 (imprecise) and 18:30 (mostly true); developments on the 23rd: two confirm a claim,
# but what they tell happened before that claim's verification, which knew of it; forecasts on the
# 24th.
DAYS = {
    "2026-11-21T23:59": (0, 0, 0, 0, {}),
    "2026-11-22T17:45": (13, 0, 0, 0, {"unverified": 13}),
    "2026-11-22T18:15": (13, 2, 0, 0, {"unverified": 11, "imprecise": 1, "true": 1}),
    "2026-11-23T23:59": (
        13, 4, 5, 0, {"unverified": 9, "imprecise": 2, "true": 1, "mostly-true": 1},
    ),
    "2026-11-24T23:59": (
        13, 4, 5, 2, {"unverified": 7, "imprecise": 2, "true": 1, "mostly-true": 1, "open": 2},
    ),
}  # fmt: skip


@pytest.fixture
def dossier():
    call_command("load_seeds", stdout=StringIO())


@pytest.mark.parametrize("day", DAYS)
def test_the_record_of_that_day(dossier, day):
    with as_of(datetime.fromisoformat(day).replace(tzinfo=PARIS)):
        claims = Claim.objects.published()
        standings = Counter(
            Standing.objects.filter(claim__in=claims).values_list("value", flat=True)
        )
        said = (
            claims.count(),
            Verification.objects.published().count(),
            Development.objects.accepted().count(),
            Forecast.objects.filter(claim__in=claims).count(),
            dict(standings),
        )
    assert said == DAYS[day]
