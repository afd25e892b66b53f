from django.db.models import Prefetch
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api.corrections import CorrectionSerializer
from claims.api.documents import DocumentSerializer
from claims.api.fields import PageField, PartialDateField, SpanField
from claims.api.latest import InLatestSnapshotField, TellsLatest
from claims.api.merged import RedirectsMerged
from claims.api.speakers import PositionSerializer
from claims.models import (
    Claim,
    Correction,
    Development,
    Effect,
    Forecast,
    Link,
    Speaker,
    Standing,
    Verification,
)
from sources.models import Sentence


class ClaimSpeakerSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)

    class Meta:
        model = Speaker
        fields = ["id", "kind", "name"]


class SentenceSerializer(serializers.ModelSerializer):
    """The source sentence; ``sha256`` is the digest of the whole text its offsets point into."""

    sha256 = serializers.CharField(source="snapshot.sha256", read_only=True)
    in_latest_snapshot = InLatestSnapshotField()

    class Meta:
        model = Sentence
        fields = ["text", "start", "end", "sha256", "in_latest_snapshot"]


class ClaimVerificationSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    rating = serializers.SlugRelatedField("value", read_only=True)
    withdrawn_at = serializers.DateTimeField(
        source="withdrawal.withdrawn_at", read_only=True, default=None, allow_null=True
    )

    class Meta:
        model = Verification
        fields = ["id", "rating", "summary", "published_at", "withdrawn_at"]
        # Only a draft may lack it.
        extra_kwargs = {"summary": {"required": True, "allow_blank": False}}


class ClaimEffectSerializer(serializers.ModelSerializer):
    development = serializers.CharField(source="development.public_id", read_only=True)
    title = serializers.CharField(source="development.title", read_only=True)
    occurred_on = PartialDateField(source="development.occurred_on")
    effect = serializers.CharField(source="kind", read_only=True)

    class Meta:
        model = Effect
        fields = ["development", "title", "occurred_on", "effect", "note"]


class ForecastSerializer(serializers.ModelSerializer):
    due_on = PartialDateField()
    resolved_on = PartialDateField()
    development = serializers.SlugRelatedField(
        "public_id",
        read_only=True,
        allow_null=True,
        help_text="Id of the development the outcome rests on.",
    )

    class Meta:
        model = Forecast
        fields = [
            "due_on", "criteria", "written_at", "outcome", "resolved_on", "recorded_at",
            "development",
        ]  # fmt: skip


class StandingSerializer(serializers.ModelSerializer):
    """Where a claim stands; ``value`` is a rating's, an outcome or a word of ours, by ``basis``."""

    label = serializers.CharField(read_only=True, help_text="The value in French.")
    verification = serializers.SlugRelatedField(
        "public_id", read_only=True, allow_null=True, help_text="Id of the latest verification."
    )
    development = serializers.CharField(
        source="effect.development.public_id",
        read_only=True,
        default=None,
        allow_null=True,
        help_text="Id of the latest development that moved it.",
    )
    through = serializers.SlugRelatedField(
        "public_id",
        read_only=True,
        allow_null=True,
        help_text="Id of the claim that says the same and whose verification stands for this one.",
    )

    class Meta:
        model = Standing
        fields = ["basis", "value", "label", "verification", "development", "through"]
        read_only_fields = fields


class EarlierLinkSerializer(serializers.ModelSerializer):
    claim = serializers.CharField(source="earlier.public_id", read_only=True)

    class Meta:
        model = Link
        fields = ["kind", "same_speaker", "claim"]


class LaterLinkSerializer(serializers.ModelSerializer):
    claim = serializers.CharField(source="claim.public_id", read_only=True)

    class Meta:
        model = Link
        fields = ["kind", "same_speaker", "claim"]


class ClaimSerializer(serializers.ModelSerializer):
    """One utterance. Spans point into the snapshot whose digest its sentence gives."""

    id = serializers.CharField(source="public_id", read_only=True)
    page = PageField()
    text = serializers.CharField(read_only=True, help_text="As an editor worded it, or its words.")
    speaker = ClaimSpeakerSerializer(read_only=True, allow_null=True)
    position = PositionSerializer(read_only=True, allow_null=True)
    said_on = PartialDateField()
    content = serializers.ListField(child=SpanField(), read_only=True)
    cue = SpanField()
    source = SpanField()
    parts = serializers.ListField(child=SpanField(), read_only=True)
    sentence = SentenceSerializer(read_only=True)
    document = DocumentSerializer(read_only=True)
    standing = StandingSerializer(read_only=True)
    verifications = ClaimVerificationSerializer(
        source="published_verifications", many=True, read_only=True
    )
    developments = ClaimEffectSerializer(source="accepted_effects", many=True, read_only=True)
    forecast = ForecastSerializer(read_only=True, allow_null=True)
    earlier = EarlierLinkSerializer(
        source="earlier_links",
        many=True,
        read_only=True,
        help_text="Claims it repeats, contradicts or updates.",
    )
    later = LaterLinkSerializer(
        source="later_links",
        many=True,
        read_only=True,
        help_text="Claims that repeat, contradict or update it.",
    )
    corrections = CorrectionSerializer(many=True, read_only=True)

    class Meta:
        model = Claim
        fields = [
            "id", "page", "text", "quote", "kind", "quotation", "speaker", "position", "said_on",
            "content", "cue", "source", "parts", "sentence", "document", "standing",
            "verifications", "developments", "forecast", "earlier", "later", "corrections",
        ]  # fmt: skip
        read_only_fields = fields


class ClaimFilter(filters.FilterSet):
    speaker = filters.CharFilter(field_name="speaker__public_id", label="Id of the speaker.")
    document = filters.CharFilter(
        field_name="sentence__snapshot__document__public_id", label="Id of the document."
    )
    said_from = filters.DateFilter(
        field_name="said_on", lookup_expr="end__gt", label="Said on that day or later."
    )
    said_to = filters.DateFilter(
        field_name="said_on", lookup_expr="first__lte", label="Said by that day."
    )
    basis = filters.ChoiceFilter(
        field_name="standing__basis",
        choices=Standing.Basis,
        label="What decides where the claim stands.",
    )
    rating = filters.CharFilter(method="rated", label="Rating of the verification in force.")
    standing = filters.CharFilter(field_name="standing__value", label="Where the claim stands.")

    class Meta:
        model = Claim
        fields = ["kind", "quotation"]

    def rated(self, queryset, _name, value):
        rated = queryset.filter(standing__verification__rating__value=value)
        return rated.exclude(standing__basis=Standing.Basis.WITHDRAWAL)


class ClaimViewSet(TellsLatest, RedirectsMerged, ReadOnlyModelViewSet):
    """Published claims, the latest let in first."""

    queryset = (
        Claim.objects.published()
        .with_source()
        .with_follow_through()
        .with_links()
        .select_related("forecast")
        .prefetch_related(
            "speaker__positions",
            Prefetch("forecast__development", Development.objects.accepted()),
            Prefetch("corrections", Correction.objects.published()),
        )
        .latest()
    )
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter
    lookup_field = "public_id"
    lookup_value_regex = "[a-z0-9]+"

    def passages(self, rows):
        return [claim.sentence for claim in rows]
