from django.db.models import Prefetch
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api.corrections import CorrectionSerializer
from claims.api.documents import DocumentSerializer
from claims.api.fields import PageField, PartialDateField
from claims.models import Claim, Correction, Development, Effect


class EffectSerializer(serializers.ModelSerializer):
    claim = serializers.CharField(source="claim.public_id", read_only=True)
    effect = serializers.CharField(source="kind", read_only=True)

    class Meta:
        model = Effect
        fields = ["claim", "effect", "note"]


class DevelopmentSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    page = PageField()
    occurred_on = PartialDateField()
    document = DocumentSerializer(read_only=True, allow_null=True)
    claim = serializers.SlugRelatedField(
        "public_id",
        read_only=True,
        allow_null=True,
        help_text="Id of the later claim it rests on, if it does.",
    )
    effects = EffectSerializer(source="accepted_effects", many=True, read_only=True)
    corrections = CorrectionSerializer(many=True, read_only=True)

    class Meta:
        model = Development
        fields = [
            "id", "page", "occurred_on", "title", "account", "document", "claim", "effects",
            "corrections",
        ]  # fmt: skip
        read_only_fields = fields


class DevelopmentFilter(filters.FilterSet):
    claim = filters.CharFilter(method="about", label="Id of a claim.")
    effect = filters.ChoiceFilter(
        method="doing", choices=Effect.Kind, label="What it does to a claim."
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
        return self._having(queryset, claim__public_id=value)

    def doing(self, queryset, _name, value: str):
        return self._having(queryset, kind=value)

    def _having(self, queryset, **what):
        """Those with such an effect that the public may see."""
        effects = Effect.objects.accepted().filter(claim__in=Claim.objects.published(), **what)
        return queryset.filter(pk__in=effects.order_by().values("development"))


class DevelopmentViewSet(ReadOnlyModelViewSet):
    """Accepted developments, the latest event first."""

    queryset = (
        Development.objects.accepted()
        .with_effects()
        .prefetch_related(Prefetch("corrections", Correction.objects.published()))
    )
    serializer_class = DevelopmentSerializer
    filterset_class = DevelopmentFilter
    lookup_field = "public_id"
    lookup_value_regex = "[a-z0-9]+"
