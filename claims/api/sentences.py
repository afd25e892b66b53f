import re

from django.db.models import Exists, OuterRef
from rest_framework import serializers

from claims.api import ids
from claims.api.fields import IdField, RefField
from claims.api.resource import Resource
from claims.models import Appearance, Claim
from sources.models import Sentence


def published():
    """Those that claims the public may see stand in, or appear in."""
    holding, reporting = (Exists(rows.filter(sentence=OuterRef("pk"))) for rows, _column in among())
    return Sentence.objects.filter(holding | reporting)


def among():
    """The claims and appearances: of all sentences few are theirs."""
    claims = Claim.objects.order_by().published()
    appearances = Appearance.objects.order_by().filter(Exists(claims.filter(pk=OuterRef("claim"))))
    return [(claims, "sentence"), (appearances, "sentence")]


class SentenceSerializer(serializers.ModelSerializer):
    """A sentence with its place in a snapshot: ``text == snapshot.text[start:end]``.

    ``start`` and ``end`` are code points, end-exclusive.
    """

    id = IdField(ids.sentence_id)
    document = RefField("snapshot__document", to="documents")
    snapshot = serializers.CharField(
        source="snapshot.sha256", help_text="The digest of the whole text."
    )

    class Meta:
        model = Sentence
        fields = ["id", "document", "snapshot", "position", "start", "end", "text"]
        read_only_fields = fields


def _find(given: str) -> dict[str, object] | None:
    found = re.fullmatch(rf"([a-z0-9]+)-([0-9a-f]{{{ids.DIGITS}}})-([0-9]{{1,9}})", given)
    return found and {
        "snapshot__document__public_id": found[1],
        "snapshot__sha256__startswith": found[2],
        "position": int(found[3]),
    }


SENTENCES = Resource("sentences", SentenceSerializer, published, find=_find, among=among)
