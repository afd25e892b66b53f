from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api.fields import PageField, PartialDateField
from claims.api.merged import RedirectsMerged
from claims.models import Position, Speaker


class PositionSerializer(serializers.ModelSerializer):
    since = PartialDateField()
    until = PartialDateField()

    class Meta:
        model = Position
        fields = ["title", "since", "until"]


class SpeakerSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    page = PageField()
    aliases = serializers.SlugRelatedField("name", many=True, read_only=True)
    positions = PositionSerializer(many=True, read_only=True)

    class Meta:
        model = Speaker
        fields = ["id", "page", "kind", "name", "aliases", "positions", "wikidata_id"]
        read_only_fields = fields


class SpeakerFilter(filters.FilterSet):
    name = filters.CharFilter(lookup_expr="icontains", label="Part of the name.")

    class Meta:
        model = Speaker
        fields = ["kind", "wikidata_id"]


class SpeakerViewSet(RedirectsMerged, ReadOnlyModelViewSet):
    """Speakers a published claim is attributed to."""

    queryset = (
        Speaker.objects.published().prefetch_related("aliases", "positions").order_by("name", "id")
    )
    serializer_class = SpeakerSerializer
    filterset_class = SpeakerFilter
    lookup_field = "public_id"
    lookup_value_regex = "[a-z0-9]+"
