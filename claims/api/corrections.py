from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.viewsets import GenericViewSet

from claims.api.fields import PageField
from claims.models import Correction


class CorrectionSerializer(serializers.ModelSerializer):
    """What was corrected, where it is shown beside what it concerns."""

    class Meta:
        model = Correction
        fields = ["kind", "note", "before", "after", "made_at"]


class RegisterSerializer(CorrectionSerializer):
    """One of claim, verification and development has the id of what it concerns."""

    page = PageField(source="subject")
    claim = serializers.SlugRelatedField("public_id", read_only=True, allow_null=True)
    verification = serializers.SlugRelatedField("public_id", read_only=True, allow_null=True)
    development = serializers.SlugRelatedField("public_id", read_only=True, allow_null=True)

    class Meta(CorrectionSerializer.Meta):
        fields = [*CorrectionSerializer.Meta.fields, "page", "claim", "verification", "development"]


class CorrectionFilter(filters.FilterSet):
    claim = filters.CharFilter(field_name="claim__public_id", label="Id of a claim.")
    verification = filters.CharFilter(
        field_name="verification__public_id", label="Id of a verification."
    )
    development = filters.CharFilter(
        field_name="development__public_id", label="Id of a development."
    )
    made_from = filters.IsoDateTimeFilter(field_name="made_at", lookup_expr="gte")
    made_to = filters.IsoDateTimeFilter(field_name="made_at", lookup_expr="lte")

    class Meta:
        model = Correction
        fields = ["kind"]


class CorrectionViewSet(ListModelMixin, GenericViewSet):
    """The register of corrections, the latest first."""

    queryset = Correction.objects.published().select_related("claim", "verification", "development")
    serializer_class = RegisterSerializer
    filterset_class = CorrectionFilter
