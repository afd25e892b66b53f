from rest_framework import serializers

from claims import documents
from claims.api.fields import IdField, PageField, PartialDateField, RefField, RowsField
from claims.api.resource import Resource
from sources.latest import FETCHED
from sources.models import Document, Snapshot


class SnapshotSerializer(serializers.ModelSerializer):
    """A text as it was fetched once; its digest is that of the text in UTF-8."""

    class Meta:
        model = Snapshot
        fields = ["sha256", "fetched_at"]
        read_only_fields = fields


class DocumentSerializer(serializers.ModelSerializer):
    """A document as it is cited: never its whole text, which belongs to others."""

    id = IdField()
    page = PageField("documents")
    publisher = RefField("publisher", to="publishers")
    published_on = PartialDateField()
    snapshots = RowsField(
        SnapshotSerializer(),
        lambda: Snapshot.objects.filter(FETCHED).order_by("fetched_at", "pk"),
        by="document",
    )

    class Meta:
        model = Document
        fields = [
            "id", "page", "kind", "title", "byline", "url", "language", "publisher",
            "published_on", "snapshots",
        ]  # fmt: skip
        read_only_fields = fields


DOCUMENTS = Resource(
    "documents",
    DocumentSerializer,
    documents.published,
    by=("-added_at", "-pk"),
    indexed=False,
)
