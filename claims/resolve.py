"""What a prediction or commitment is judged by, written beforehand; then its outcome."""

from django.contrib.auth.models import AbstractBaseUser

from claims.acts import act
from claims.models import Claim, Development, Forecast
from sources.history import RecordClock
from sources.partial_date import PartialDate


def foresee(claim: Claim, due_on: PartialDate, criteria: str, by: AbstractBaseUser) -> Forecast:
    """Fix when and by what a claim will be judged; raises Closed if that day has come."""
    with act(by, "claims.add_forecast"):
        return Forecast.objects.create(claim=claim, due_on=due_on, criteria=criteria)


def resolve(
    forecast: Forecast,
    outcome: str,
    resolved_on: PartialDate,
    development: Development,
    by: AbstractBaseUser,
) -> None:
    """``outcome`` (a Forecast.Outcome) was settled on that date.

    Raises Closed if it does not fit the kind of claim.
    """
    with act(by, "claims.resolve_forecast"):
        Forecast.objects.filter(pk=forecast.pk).update(
            outcome=outcome,
            resolved_on=resolved_on,
            development=development,
            recorded_at=RecordClock(),
        )
    forecast.refresh_from_db()
