from rest_framework import serializers

from claims.api import ids
from claims.api.fields import IdField, PageField, PartialDateField, RefField, RefsField, RowsField
from claims.api.resource import Resource
from claims.models import Claim, Correction, Development, Effect, Proposal


def _effects():
    """Accepted ones, on claims the public may see."""
    accepted = Effect.objects.filter(status=Proposal.Status.ACCEPTED)
    return accepted.filter(claim__in=Claim.objects.published()).order_by("pk")


class EffectSerializer(serializers.ModelSerializer):
    """What a development does to one claim."""

    claim = RefField("claim", to="claims")

    class Meta:
        model = Effect
        fields = ["claim", "kind", "note"]
        read_only_fields = fields


class DevelopmentSerializer(serializers.ModelSerializer):
    """Something later that bears on claims: an outside event with its source, or a later claim."""

    id = IdField()
    page = PageField("developments")
    occurred_on = PartialDateField()
    document = RefField("document", to="documents")
    claim = RefField("claim", to="claims", help_text="The later claim it rests on, if it does.")
    effects = RowsField(EffectSerializer(), _effects, by="development")
    corrections = RefsField(
        Correction.objects.published, by="development", to="corrections", of=ids.correction_id
    )

    class Meta:
        model = Development
        fields = [
            "id", "page", "occurred_on", "title", "account", "document", "claim", "effects",
            "corrections",
        ]  # fmt: skip
        read_only_fields = fields


DEVELOPMENTS = Resource(
    "developments",
    DevelopmentSerializer,
    Development.objects.accepted,
    by=("-decided_at", "-pk"),
)
