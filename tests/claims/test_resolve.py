from datetime import timedelta

import pytest

from claims.gates import Closed
from claims.models import Forecast
from claims.resolve import resolve
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import NOON, ClaimFactory, DevelopmentFactory, ForecastFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def written(due="2026-01", **fields):
    with record_clock(NOON):
        return ForecastFactory(due_on=PartialDate.parse(due), **fields)


def settle(forecast, outcome):
    development = DevelopmentFactory(accepted=True)
    resolve(forecast, outcome, development.occurred_on, development, UserFactory())


def test_the_outcome_has_its_days_and_what_it_rests_on():
    settle(forecast := written(), "kept_late")
    assert (forecast.outcome, forecast.resolved_on.isoformat(), forecast.recorded_at > NOON) == (
        "kept_late",
        "2026-01-22",
        True,
    )


@pytest.mark.parametrize("outcome", ["happened", "partly", "did_not_happen"])
def test_a_commitment_is_kept_or_broken(outcome):
    with pytest.raises(Closed, match="does not fit"):
        settle(written(), outcome)


@pytest.mark.parametrize("outcome", ["kept", "kept_late", "partly_kept", "broken"])
def test_a_prediction_happens_or_does_not(outcome):
    claim = ClaimFactory(accepted=True, kind="prediction")
    with pytest.raises(Closed, match="does not fit"):
        settle(written(claim=claim), outcome)


@pytest.mark.parametrize("kind", ["prediction", "commitment"])
@pytest.mark.parametrize("outcome", ["overtaken", "unresolvable"])
def test_either_may_be_overtaken_or_unresolvable(kind, outcome):
    settle(forecast := written(claim=ClaimFactory(accepted=True, kind=kind)), outcome)
    assert forecast.outcome == outcome


def test_the_queue_has_what_is_due_the_longest_due_first():
    later, first = written("2026-01-20"), written("2025-12-20")
    written("2026-03-01")
    settle(written("2025"), "kept")
    assert list(Forecast.objects.due(PartialDate.parse("2026-02-01").first)) == [first, later]


def test_what_ends_with_the_day_is_due_the_day_after():
    forecast = written("2026-01-31")
    last = forecast.due_on.last
    assert not Forecast.objects.due(last).exists()
    assert list(Forecast.objects.due(forecast.due_on.end)) == [forecast]


def test_an_outcome_recorded_anew_does_not_hide_the_one_before():
    forecast = written()
    with record_clock(NOON + timedelta(days=50)):
        settle(forecast, "broken")
    with record_clock(NOON + timedelta(days=60)):
        settle(forecast, "kept_late")
    assert [earlier.outcome for earlier in forecast.earlier_outcomes] == ["broken"]


def test_the_first_outcome_has_none_before_it():
    settle(forecast := written(), "kept")
    assert forecast.earlier_outcomes == []
