"""What moved claims lately."""

from datetime import timedelta

import pytest

from claims.lately import changes
from claims.models import Effect, Forecast
from claims.resolve import resolve
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    ForecastFactory,
    RatingFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = timedelta(days=1)


def accepted(**fields):
    return ClaimFactory(accepted=True, **fields)


def told():
    return [(change.how, change.before, str(change.claim.standing)) for change in changes(9)]


def resolved(forecast, outcome, at=NOON + 60 * DAY):
    with record_clock(at):
        resolve(
            forecast,
            outcome=outcome,
            resolved_on=PartialDate.parse("2026-01-22"),
            development=DevelopmentFactory(accepted=True),
            by=UserFactory(),
        )


def foreseen():
    with record_clock(NOON):
        return ForecastFactory(due_on=PartialDate.parse("2026-01"))


def test_nothing_moved_in_an_empty_record():
    assert changes(9) == []


def test_a_first_finding_has_nothing_before_it():
    verify(accepted())
    assert told() == [("verified", "", "Imprecise")]


def test_a_new_version_tells_the_rating_before():
    supersede(verify(accepted()), NOON + DAY, rating=RatingFactory(value="false"))
    assert told() == [("superseded", "Imprecise", "False")]


def test_a_new_version_with_the_same_rating_does_not_tell_it_twice():
    supersede(verify(accepted()), NOON + DAY)
    assert told() == [("superseded", "", "Imprecise")]


def test_a_withdrawal_tells_the_rating_before():
    withdrawn(verify(accepted()), "Faux.", NOON + DAY)
    assert told() == [("withdrawn", "Imprecise", "verification withdrawn")]


def test_a_development_tells_the_finding_before():
    claim = accepted()
    verify(claim)
    EffectFactory(claim=claim, kind=Effect.Kind.CONTRADICTS, decided_at=NOON + 50 * DAY)
    assert told() == [("happened", "Imprecise", "contradicted")]


def test_a_development_tells_that_nothing_was_known_before():
    EffectFactory(kind=Effect.Kind.CONTRADICTS)
    assert told() == [("happened", "not verified yet", "contradicted")]


def test_where_a_claim_that_moved_several_times_stood_is_not_guessed():
    claim = accepted()
    EffectFactory(claim=claim, kind=Effect.Kind.PARTLY_FULFILS)
    day = PartialDate.parse("2026-02-22")
    later = DevelopmentFactory(accepted=True, occurred_on=day)
    EffectFactory(claim=claim, kind="breaks", development=later, decided_at=NOON + DAY)
    assert told() == [("happened", "", "broken")]


def test_an_outcome_tells_that_it_was_open():
    resolved(foreseen(), Forecast.Outcome.KEPT, NOON + 50 * DAY)
    assert told() == [("resolved", "open", "kept")]


def test_an_outcome_tells_that_its_time_had_come():
    resolved(foreseen(), Forecast.Outcome.KEPT, NOON + 90 * DAY)
    assert told() == [("resolved", "due", "kept")]


def test_an_outcome_tells_the_one_before():
    forecast = foreseen()
    resolved(forecast, Forecast.Outcome.BROKEN)
    resolved(forecast, Forecast.Outcome.KEPT_LATE, NOON + 90 * DAY)
    assert told() == [("resolved", "broken", "kept late")]


def test_the_latest_change_is_first_and_each_claim_there_once():
    first, second = accepted(), accepted()
    verification = verify(first)
    verify(second, at=NOON + DAY)
    supersede(verification, NOON + 2 * DAY)
    assert [change.claim for change in changes(9)] == [first, second]


def test_no_more_are_told_than_asked_for():
    for _claim in range(3):
        verify(accepted())
    assert len(changes(2)) == 2


def test_a_development_that_moves_many_is_there_once():
    verify(accepted())
    development = DevelopmentFactory(accepted=True)
    for _claim in range(30):
        EffectFactory(development=development, decided_at=NOON + DAY)
    found = changes(2)
    assert [(change.how, change.others) for change in found] == [
        ("happened", True),
        ("verified", False),
    ]


@pytest.mark.parametrize("kind", [Effect.Kind.CONTEXT, Effect.Kind.CLARIFIES])
def test_what_moves_no_claim_is_not_there(kind):
    EffectFactory(kind=kind)
    assert changes(9) == []


def test_what_is_not_public_is_not_there():
    VerificationFactory(claims=[accepted()])
    EffectFactory(proposed=True)
    EffectFactory(development=DevelopmentFactory())
    EffectFactory(claim=ClaimFactory())
    assert changes(9) == []
