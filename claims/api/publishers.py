from django.db.models import Exists, OuterRef
from rest_framework import serializers

from claims import documents
from claims.api.fields import IdField
from claims.api.resource import Resource
from sources.models import Publisher


def published():
    """Those of documents the public may see."""
    return Publisher.objects.filter(
        Exists(documents.published().order_by().filter(publisher=OuterRef("pk")))
    )


class PublisherSerializer(serializers.ModelSerializer):
    """Who publishes documents: a newspaper, agency, institution, another fact-checker."""

    id = IdField()

    class Meta:
        model = Publisher
        fields = ["id", "name", "kind", "site"]
        read_only_fields = fields


PUBLISHERS = Resource("publishers", PublisherSerializer, published)
