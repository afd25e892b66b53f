from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api.documents import DocumentSerializer
from claims.api.fields import PageField, PartialDateField, SpanField
from claims.api.speakers import PositionSerializer
from claims.models import Claim, Effect, Forecast, Speaker, Verification
from sources.models import Sentence


class ClaimSpeakerSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)

    class Meta:
        model = Speaker
        fields = ["id", "kind", "name"]


class SentenceSerializer(serializers.ModelSerializer):
    """The source sentence; ``sha256`` is the digest of the whole text its offsets point into."""

    sha256 = serializers.CharField(source="snapshot.sha256", read_only=True)

    class Meta:
        model = Sentence
        fields = ["text", "start", "end", "sha256"]


class ClaimVerificationSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    rating = serializers.SlugRelatedField("value", read_only=True)

    class Meta:
        model = Verification
        fields = ["id", "rating", "summary", "published_at"]


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

    class Meta:
        model = Forecast
        fields = ["due_on", "criteria", "written_at", "outcome", "resolved_on", "recorded_at"]


class ClaimSerializer(serializers.ModelSerializer):
    """One utterance. Spans point into the snapshot whose digest its sentence gives."""

    id = serializers.CharField(source="public_id", read_only=True)
    page = PageField()
    text = serializers.CharField(read_only=True, help_text="As an editor worded it, or its words.")
    speaker = ClaimSpeakerSerializer(read_only=True)
    position = PositionSerializer(read_only=True)
    said_on = PartialDateField()
    content = serializers.ListField(child=SpanField(), read_only=True)
    cue = SpanField()
    source = SpanField()
    parts = serializers.ListField(child=SpanField(), read_only=True)
    sentence = SentenceSerializer(read_only=True)
    document = DocumentSerializer(read_only=True)
    verifications = ClaimVerificationSerializer(
        source="published_verifications", many=True, read_only=True
    )
    developments = ClaimEffectSerializer(source="accepted_effects", many=True, read_only=True)
    forecast = ForecastSerializer(read_only=True)

    class Meta:
        model = Claim
        fields = [
            "id", "page", "text", "quote", "kind", "quotation", "speaker", "position", "said_on",
            "content", "cue", "source", "parts", "sentence", "document", "verifications",
            "developments", "forecast",
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
    rating = filters.CharFilter(method="rated", label="Value of a published rating.")

    class Meta:
        model = Claim
        fields = ["kind", "quotation"]

    def rated(self, queryset, _name, value):
        rated = Verification.objects.published().filter(rating__value=value)
        return queryset.filter(pk__in=rated.order_by().values("claims"))


class ClaimViewSet(ReadOnlyModelViewSet):
    """Published claims, the latest let in first."""

    queryset = (
        Claim.objects.published()
        .with_source()
        .with_follow_through()
        .select_related("forecast")
        .prefetch_related("speaker__positions")
        .latest()
    )
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter
    lookup_field = "public_id"
    lookup_value_regex = "[a-z0-9]+"
