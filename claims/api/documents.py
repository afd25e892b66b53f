from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims import documents
from claims.api.fields import PageField, PartialDateField
from sources.models import Document, Publisher


class PublisherSerializer(serializers.ModelSerializer):
    class Meta:
        model = Publisher
        fields = ["name", "kind", "site"]


class DocumentSerializer(serializers.ModelSerializer):
    """A document as it is cited: never its whole text, which belongs to others."""

    id = serializers.CharField(source="public_id", read_only=True)
    page = PageField()
    publisher = PublisherSerializer(read_only=True)
    published_on = PartialDateField()

    class Meta:
        model = Document
        fields = ["id", "page", "kind", "title", "url", "language", "publisher", "published_on"]
        read_only_fields = fields


class DocumentFilter(filters.FilterSet):
    publisher = filters.CharFilter(field_name="publisher__name", label="Name of the publisher.")
    published_from = filters.DateFilter(
        field_name="published_on", lookup_expr="end__gt", label="Published on that day or later."
    )
    published_to = filters.DateFilter(
        field_name="published_on", lookup_expr="first__lte", label="Published by that day."
    )

    class Meta:
        model = Document
        fields = ["kind", "language"]


class DocumentViewSet(ReadOnlyModelViewSet):
    """Documents that hold a published claim, or that a finding or development cites."""

    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    lookup_field = "public_id"
    lookup_value_regex = "[a-z0-9]+"

    def get_queryset(self):
        return documents.published().order_by("-added_at", "-id")
