"""Claims by where they stand: as the view says, for every claim and every value."""

import pytest

from claims import stands
from claims.models import Claim, Effect, Forecast, Link, Standing
from claims.resolve import resolve
from claims.stands import standing_at
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    RatingFactory,
    UserFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    """A claim for every way to stand somewhere, and repeats of some."""
    false, true = RatingFactory(value="false"), RatingFactory(value="true")
    rated, repeated, corrected, gone, moved, due = (
        ClaimFactory(accepted=True, kind=Claim.Kind.PREDICTION) for _claim in range(6)
    )
    ClaimFactory(accepted=True)
    verify(rated, rating=true)
    verify(repeated, rating=false)
    chain = [ClaimFactory(accepted=True) for _claim in range(3)]
    for earlier, claim in zip([repeated, *chain], chain, strict=False):
        LinkFactory(claim=claim, earlier=earlier, kind=Link.Kind.REPEATS, accepted=True)
    supersede(verify(corrected, rating=false), rating=true, at=NOON.replace(hour=13))
    withdrawn(verify(gone, rating=true), "Faux.", at=NOON.replace(hour=13))
    verify(moved, rating=true)
    EffectFactory(claim=moved, kind=Effect.Kind.CONTRADICTS)
    EffectFactory(claim=ClaimFactory(accepted=True), kind=Effect.Kind.CONTEXT)
    with record_clock(NOON):
        ForecastFactory(claim=due, due_on=PartialDate.parse("2026-01"))
        kept = ForecastFactory(due_on=PartialDate.parse("2026-01"))
    ForecastFactory(due_on=PartialDate.parse("2199"))
    resolve(
        kept,
        outcome=Forecast.Outcome.KEPT,
        resolved_on=PartialDate.parse("2026-01"),
        development=DevelopmentFactory(accepted=True),
        by=UserFactory(),
    )


@pytest.fixture(params=["few", "many"])
def how_many(request, monkeypatch):
    """Both ways lead to the same: those that may stand there are few, or many."""
    if request.param == "many":
        monkeypatch.setattr(stands, "FEW", 0)


def test_the_claims_of_each_value_are_those_the_view_has_there(record, how_many):
    by_value = {}
    for standing in Standing.objects.all():
        by_value.setdefault(standing.value, set()).add(standing.claim_id)
    assert len(by_value) >= 8
    for value, claims in by_value.items():
        found = standing_at(Claim.objects.all(), value).values_list("pk", flat=True)
        assert sorted(found) == sorted(claims), value


def test_it_narrows_what_is_there(record, how_many):
    assert not standing_at(Claim.objects.none(), "true").exists()
    opinions = Claim.objects.filter(kind=Claim.Kind.OPINION)
    assert not standing_at(opinions, "unverified").exists()


def test_nothing_stands_where_nothing_can(record, how_many):
    assert not standing_at(Claim.objects.all(), "misleading").exists()
