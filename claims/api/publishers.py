from django.db.models import OuterRef, Subquery
from rest_framework import serializers

from claims import documents
from claims.api.fields import IdField
from claims.api.resource import Resource
from sources.models import Publisher


def published():
    """Those of documents the public may see."""
    # In a place where it is asked of one publisher at a time, as documents are.
    shown = documents.published().order_by().filter(publisher=OuterRef("pk")).values("pk")[:1]
    return Publisher.objects.alias(shown=Subquery(shown)).filter(shown__isnull=False)


class PublisherSerializer(serializers.ModelSerializer):
    """Who publishes documents: a newspaper, agency, institution, another fact-checker."""

    id = IdField()

    class Meta:
        model = Publisher
        fields = ["id", "name", "kind", "site"]
        read_only_fields = fields


PUBLISHERS = Resource("publishers", PublisherSerializer, published, indexed=False)
