import re

from django.db.models import Case, F, When
from rest_framework import serializers

from claims.api import ids
from claims.api.fields import IdField, MadeBoolean, MadeChoice, MadeText, MadeTime, RefField
from claims.api.resource import Resource
from claims.models import Evidence, Verification


def published():
    """That of published verifications."""
    return Evidence.objects.filter(verification__in=Verification.objects.published().order_by())


def _unless_protected(column: str):
    return lambda at: Case(When(**{f"{at}protected": False}, then=F(f"{at}{column}")))


class EvidenceSerializer(serializers.ModelSerializer):
    """What a verification rests on. ``start`` and ``end`` are code points of the snapshot's text.

    Of a protected source only the note is given; everything else is null.
    """

    id = IdField(ids.evidence_id)
    verification = RefField("verification", to="verifications")
    stance = MadeChoice(_unless_protected("stance"), choices=Evidence.Stance, allow_null=True)
    primary = MadeBoolean(_unless_protected("primary"), allow_null=True)
    passage = MadeText(_unless_protected("passage"), allow_null=True)
    interest = MadeText(_unless_protected("interest"), allow_null=True)
    document = RefField("document", to="documents")
    archived_url = MadeText(_unless_protected("archived_url"), allow_null=True)
    retrieved_at = MadeTime(_unless_protected("retrieved_at"), allow_null=True)
    snapshot = serializers.CharField(
        source="snapshot.sha256", allow_null=True, help_text="The digest of the whole text."
    )

    class Meta:
        model = Evidence
        fields = [
            "id", "verification", "protected", "note", "stance", "primary", "passage", "interest",
            "document", "archived_url", "retrieved_at", "snapshot", "start", "end",
        ]  # fmt: skip
        read_only_fields = fields


def _find(given: str) -> dict[str, object] | None:
    found = re.fullmatch(r"([a-z0-9]+)-([1-9][0-9]{0,5})", given)
    if found is None:
        return None
    place = int(found[2])
    of_that = published().filter(verification__public_id=found[1]).order_by("pk")
    return {"pk__in": of_that.values("pk")[place - 1 : place]}


EVIDENCE = Resource("evidence", EvidenceSerializer, published, find=_find)
