"""The list of claims as it is usually written with Django REST framework, to compare with.

A ``ModelViewSet`` with the same fields, its queries joined and prefetched, pages by number; beside
the project's own addresses, under the same settings.
"""

from django.db.models import Prefetch
from django.urls import path
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.viewsets import ModelViewSet

from claims.models import Claim, Correction, Effect, Link, Standing, Verification
from config.urls import urlpatterns as own


class DateField(serializers.Field):
    def to_representation(self, value):
        return value.isoformat()


class SpanField(serializers.Field):
    def to_representation(self, value):
        return [value.lower, value.upper]


class StandingSerializer(serializers.ModelSerializer):
    verification = serializers.SlugRelatedField("public_id", read_only=True)
    development = serializers.CharField(source="effect.development.public_id", default=None)
    through = serializers.SlugRelatedField("public_id", read_only=True)

    class Meta:
        model = Standing
        fields = ["basis", "value", "verification", "development", "through"]


class LinkSerializer(serializers.ModelSerializer):
    claim = serializers.CharField(source="earlier.public_id")

    class Meta:
        model = Link
        fields = ["kind", "claim"]


class ClaimSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id")
    page = serializers.SerializerMethodField()
    text = serializers.CharField()
    said_on = DateField()
    speaker = serializers.SlugRelatedField("public_id", read_only=True)
    sentence = serializers.SerializerMethodField()
    document = serializers.CharField(source="document.public_id")
    content = serializers.ListField(child=SpanField())
    cue = SpanField()
    source = SpanField()
    parts = serializers.ListField(child=SpanField())
    standing = StandingSerializer()
    verifications = serializers.SlugRelatedField(
        "public_id", source="published_verifications", many=True, read_only=True
    )
    developments = serializers.SerializerMethodField()
    forecast = serializers.SerializerMethodField()
    links = LinkSerializer(source="earlier_links", many=True)
    corrections = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields = [
            "id", "page", "text", "quote", "kind", "quotation", "proceedings", "said_on", "speaker",
            "sentence", "document", "content", "cue", "source", "parts", "standing",
            "verifications", "developments", "forecast", "links", "corrections",
        ]  # fmt: skip

    def get_page(self, claim):
        return self.context["request"].build_absolute_uri(claim.get_absolute_url())

    def get_sentence(self, claim):
        snapshot = claim.sentence.snapshot
        return f"{snapshot.document.public_id}-{snapshot.sha256[:8]}-{claim.sentence.position}"

    def get_developments(self, claim):
        return [effect.development.public_id for effect in claim.accepted_effects]

    def get_forecast(self, claim):
        return claim.public_id if hasattr(claim, "forecast") else None

    def get_corrections(self, claim):
        return [str(correction.pk) for correction in claim.corrections.all()]


class Pagination(PageNumberPagination):
    page_size = 20


class ClaimViewSet(ModelViewSet):
    queryset = (
        Claim.objects.published()
        .select_related("speaker", "sentence__snapshot__document", "forecast")
        .defer("sentence__snapshot__text", "sentence__snapshot__original")
        .prefetch_related(
            Prefetch(
                "standing",
                Standing.objects.select_related("verification", "effect__development", "through"),
            ),
            Prefetch("verifications", Verification.objects.published(), "published_verifications"),
            Prefetch(
                "effects",
                Effect.objects.accepted().select_related("development"),
                "accepted_effects",
            ),
            Prefetch("links", Link.objects.published().select_related("earlier"), "earlier_links"),
            Prefetch("corrections", Correction.objects.published()),
        )
        .latest()
    )
    serializer_class = ClaimSerializer
    pagination_class = Pagination
    filter_backends = []
    authentication_classes = []


urlpatterns = [path("plain/claims/", ClaimViewSet.as_view({"get": "list"})), *own]
