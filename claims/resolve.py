"""Record the outcome of a forecast: by its criteria, with the development it rests on."""

from django.contrib.auth.models import AbstractBaseUser

from claims.acts import act
from claims.models import Development, Forecast
from sources.history import RecordClock
from sources.partial_date import PartialDate


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
