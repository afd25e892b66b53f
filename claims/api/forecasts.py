from django.db.models import OuterRef, Subquery
from rest_framework import serializers

from claims.api import ids
from claims.api.fields import IdField, MadeText, PartialDateField, RefField
from claims.api.resource import Resource
from claims.models import Claim, Development, Forecast


def published():
    """Those of claims the public may see."""
    return Forecast.objects.filter(claim__in=Claim.objects.published())


def _development(at: str) -> Subquery:
    accepted = Development.objects.accepted().filter(pk=OuterRef(f"{at}development"))
    return Subquery(accepted.order_by().values("public_id"))


class ForecastSerializer(serializers.ModelSerializer):
    """When and by what a prediction or commitment is judged, written before the outcome."""

    id = IdField(ids.forecast_id, help_text="That of its claim.")
    claim = RefField("claim", to="claims")
    due_on = PartialDateField()
    resolved_on = PartialDateField()
    outcome = serializers.ChoiceField(
        Forecast.Outcome.choices, allow_blank=True, read_only=True, help_text="Empty until then."
    )
    development = MadeText(
        _development, allow_null=True, help_text="Id of the development the outcome rests on."
    )

    class Meta:
        model = Forecast
        fields = [
            "id", "claim", "due_on", "criteria", "written_at", "outcome", "resolved_on",
            "recorded_at", "development",
        ]  # fmt: skip
        read_only_fields = fields


FORECASTS = Resource(
    "forecasts",
    ForecastSerializer,
    published,
    find=lambda given: {"claim__public_id": given} if given.isalnum() else None,
)
