from django.db.models import Prefetch
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api.documents import DocumentSerializer
from claims.api.fields import PartialDateField
from claims.models import Claim, Development, Effect


class EffectSerializer(serializers.ModelSerializer):
    claim = serializers.CharField(source="claim.public_id", read_only=True)
    effect = serializers.CharField(source="kind", read_only=True)

    class Meta:
        model = Effect
        fields = ["claim", "effect", "note"]


class DevelopmentSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    occurred_on = PartialDateField()
    document = DocumentSerializer(read_only=True)
    effects = EffectSerializer(source="published_effects", many=True, read_only=True)

    class Meta:
        model = Development
        fields = ["id", "occurred_on", "title", "account", "document", "effects"]
        read_only_fields = fields


class DevelopmentFilter(filters.FilterSet):
    claim = filters.CharFilter(method="about", label="Id of a claim.")
    effect = filters.ChoiceFilter(
        field_name="effects__kind",
        choices=Effect.Kind,
        distinct=True,
        label="What it does to a claim.",
    )
    occurred_from = filters.DateFilter(
        field_name="occurred_on", lookup_expr="end__gt", label="Occurred on that day or later."
    )
    occurred_to = filters.DateFilter(
        field_name="occurred_on", lookup_expr="first__lte", label="Occurred by that day."
    )

    class Meta:
        model = Development
        fields = []

    def about(self, queryset, _name, value):
        return queryset.filter(claims__in=Claim.objects.published().filter(public_id=value))


class DevelopmentViewSet(ReadOnlyModelViewSet):
    """Accepted developments, the latest event first."""

    queryset = (
        Development.objects.accepted()
        .select_related("document__publisher")
        .prefetch_related(
            Prefetch(
                "effects",
                Effect.objects.filter(claim__in=Claim.objects.published()).select_related("claim"),
                to_attr="published_effects",
            )
        )
    )
    serializer_class = DevelopmentSerializer
    filterset_class = DevelopmentFilter
    lookup_field = "public_id"
    lookup_value_regex = "[a-z0-9]+"
