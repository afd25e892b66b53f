from django.db.models import OuterRef, Subquery
from rest_framework import serializers

from claims import documents
from claims.api.fields import IdField, PageField, PartialDateField, RefField, RowsField, TextsField
from claims.api.resource import Resource
from claims.models import Alias, Position, Speaker


def _shown(at: str) -> Subquery:
    """The id of a document, where a claim or something else makes it public."""
    shown = documents.published().order_by().filter(pk=OuterRef(f"{at}pk"))
    return Subquery(shown.values("public_id"))


class PositionSerializer(serializers.ModelSerializer):
    """A role held from one date to another; an open end means: still holds it."""

    organisation = serializers.CharField(
        source="organisation.name", allow_null=True, help_text="Its name."
    )
    since = PartialDateField()
    until = PartialDateField()

    class Meta:
        model = Position
        fields = ["title", "organisation", "since", "until"]
        read_only_fields = fields


class SpeakerSerializer(serializers.ModelSerializer):
    """A person, organisation, document or unnamed source that words are attributed to."""

    id = IdField()
    page = PageField("speakers")
    aliases = TextsField(lambda: Alias.objects.order_by("name", "pk"), "name", by="speaker")
    positions = RowsField(PositionSerializer(), Position.objects.all, by="speaker")
    within = RefField(
        "within",
        to="documents",
        of=_shown,
        help_text="The document an unnamed source is known from.",
    )

    class Meta:
        model = Speaker
        fields = ["id", "page", "kind", "name", "aliases", "positions", "wikidata_id", "within"]
        read_only_fields = fields


SPEAKERS = Resource("speakers", SpeakerSerializer, Speaker.objects.published, indexed=False)
