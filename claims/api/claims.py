from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from rest_framework import serializers

from claims.api import ids
from claims.api.fields import (
    IdField,
    MadeText,
    PageField,
    PartialDateField,
    RefField,
    RefsField,
    RowsField,
    SpanField,
    SpansField,
)
from claims.api.resource import Resource
from claims.models import (
    Claim,
    Correction,
    Effect,
    Link,
    Standing,
    Verification,
)


class StandingSerializer(serializers.ModelSerializer):
    """Where a claim stands; ``value`` is a rating's, an outcome or a word of ours, by ``basis``."""

    verification = RefField("verification", to="verifications", help_text="The latest.")
    development = RefField(
        "effect__development", to="developments", help_text="The latest that moved it."
    )
    through = RefField(
        "through",
        to="claims",
        help_text="The claim that says the same and whose verification stands for this one.",
    )

    class Meta:
        model = Standing
        fields = ["basis", "value", "verification", "development", "through"]
        read_only_fields = fields


class LinkSerializer(serializers.ModelSerializer):
    """What the claim does to an earlier one."""

    claim = RefField("earlier", to="claims")

    class Meta:
        model = Link
        fields = ["kind", "claim"]
        read_only_fields = fields


class ClaimSerializer(serializers.ModelSerializer):
    """One utterance. Spans point into the snapshot of its source sentence."""

    id = IdField()
    page = PageField("claims")
    text = MadeText(
        lambda at: Coalesce(NullIf(f"{at}wording", Value("")), f"{at}quote"),
        help_text="As an editor worded it, or its words.",
    )
    said_on = PartialDateField()
    speaker = RefField("speaker", to="speakers", help_text="Null where the document itself speaks.")
    sentence = RefField("sentence", to="sentences", of=ids.sentence_id)
    document = RefField("sentence__snapshot__document", to="documents")
    content = SpansField()
    cue = SpanField()
    source = SpanField()
    parts = SpansField()
    standing = StandingSerializer(read_only=True)
    verifications = RefsField(
        Verification.objects.published,
        by="claims",
        to="verifications",
        help_text="Every version, the latest first.",
    )
    developments = RefsField(
        Effect.objects.accepted,
        by="claim",
        to="developments",
        of=lambda at: F(f"{at}development__public_id"),
        through="development",
        help_text="What bears on it, the latest first.",
    )
    forecast = RefField(
        "forecast", to="forecasts", of=ids.forecast_id, help_text="Its own id, if there is one."
    )
    links = RowsField(LinkSerializer(), lambda: Link.objects.published().order_by("id"), by="claim")
    corrections = RefsField(
        Correction.objects.published, by="claim", to="corrections", of=ids.correction_id
    )

    class Meta:
        model = Claim
        fields = [
            "id", "page", "text", "quote", "kind", "quotation", "proceedings", "said_on", "speaker",
            "sentence", "document", "content", "cue", "source", "parts", "standing",
            "verifications", "developments", "forecast", "links", "corrections",
        ]  # fmt: skip
        read_only_fields = fields


CLAIMS = Resource("claims", ClaimSerializer, Claim.objects.published, by=("-decided_at", "-pk"))
