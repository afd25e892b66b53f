from django.db.models import Prefetch
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api.documents import DocumentSerializer
from claims.models import Claim, Evidence, Rating, Verification


class RatingSerializer(serializers.ModelSerializer):
    scale = serializers.IntegerField(source="scale.version", read_only=True)

    class Meta:
        model = Rating
        fields = ["value", "label_fr", "label_en", "scale"]


class EvidenceSerializer(serializers.ModelSerializer):
    document = DocumentSerializer(read_only=True)

    class Meta:
        model = Evidence
        fields = ["document", "stance", "primary", "passage", "note"]


class VerificationSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    claims = serializers.SerializerMethodField(help_text="Ids of the published claims.")
    rating = RatingSerializer(read_only=True)
    evidence = EvidenceSerializer(many=True, read_only=True)

    class Meta:
        model = Verification
        fields = ["id", "claims", "rating", "summary", "explanation", "evidence", "published_at"]
        read_only_fields = fields

    def get_claims(self, verification) -> list[str]:
        return [claim.public_id for claim in verification.published_claims]


class VerificationFilter(filters.FilterSet):
    claim = filters.CharFilter(method="about", label="Id of a claim.")
    rating = filters.CharFilter(field_name="rating__value", label="Value of the rating.")
    published_from = filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="gte")
    published_to = filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="lte")

    class Meta:
        model = Verification
        fields = []

    def about(self, queryset, _name, value):
        return queryset.filter(claims__in=Claim.objects.published().filter(public_id=value))


class VerificationViewSet(ReadOnlyModelViewSet):
    """Published verifications, the latest first."""

    queryset = (
        Verification.objects.published()
        .select_related("rating__scale")
        .prefetch_related(
            "evidence__document__publisher",
            Prefetch("claims", Claim.objects.published(), to_attr="published_claims"),
        )
    )
    serializer_class = VerificationSerializer
    filterset_class = VerificationFilter
    lookup_field = "public_id"
    lookup_value_regex = "[a-z0-9]+"
