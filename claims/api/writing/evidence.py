"""A piece of evidence, as it is sent: what a verification of a claim might rest on."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from claims.api.body import Body
from claims.api.given import Choice, Text, YesNo
from claims.api.writing.sources import (
    WORDS,
    Address,
    ClaimId,
    DocumentId,
    SnapshotId,
    exactly_one,
    latest_text,
    place_of,
)
from claims.models import Evidence
from sources.models import Document

NOTE = 5000  # code points


class EvidenceSourceBody(Body):
    """Its source: a document of the record, one of its texts, or an address, which is fetched."""

    url = Address(required=False, help_text="It is fetched in the background.")
    document = DocumentId(required=False, help_text="Id of a document.")
    snapshot = SnapshotId(required=False, help_text="SHA-256 of a text of the record.")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """With ``where``: what it rests on, with its text if the record has one."""
        named = exactly_one(given, ["url", "document", "snapshot"])
        where = given[named]
        if named == "url":
            where = Document.objects.filter(url=where).first() or where
        if isinstance(where, Document):
            where = latest_text(where) or where
        return {"where": where}


class EvidenceBody(Body):
    """What shows whether a claim is true."""

    claim = ClaimId(help_text="Id of the claim.")
    source = EvidenceSourceBody()
    stance = Choice(Evidence.Stance.choices)
    primary = YesNo(default=False, help_text="First-hand: the act, the record, the data.")
    passage = Text(
        default="", allow_blank=True, max_length=WORDS, help_text="The words that matter, exactly."
    )
    note = Text(default="", allow_blank=True, max_length=NOTE, help_text="What it shows.")
    interest = Text(
        default="",
        allow_blank=True,
        max_length=NOTE,
        help_text="What the source stands to gain or lose.",
    )

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """With the place of its passage, where the record has the text."""
        given["passage"], given["note"] = given["passage"].strip(), given["note"].strip()
        if not (given["passage"] or given["note"]):
            raise ValidationError(_("Quote a passage, or say what it shows."))
        where = given["source"]["where"]
        text = getattr(where, "text", None)
        if given["passage"] and text is not None:
            try:
                start, end = place_of(given["passage"], text)
            except ValidationError as error:
                raise ValidationError({"passage": error.detail}) from None
            given |= {"start": start, "end": end, "passage": text[start:end]}
        return given
