"""A candidate, as it is sent: words of a text, and whose they are."""

from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from claims import merged
from claims.api.body import Body
from claims.api.extract import not_too_long
from claims.api.fields import SPAN
from claims.api.given import Choice, Day, Text
from claims.api.writing.sources import (
    WORDS,
    Address,
    SnapshotId,
    exactly_one,
    latest_text,
    place_of,
)
from claims.by_hand import Passage, Selected
from claims.models import Claim, Speaker
from sources.known import Text as Known
from sources.models import Document, Publisher, Snapshot
from sources.origin import Origin
from sources.read import decode
from sources.readers.kind import Kind
from sources.readers.page import Page
from sources.refused import Refused

MOST_SPANS = 20


@extend_schema_field(SPAN)
class Place(serializers.Field):
    """``[start, end]`` in code points of the text, end-exclusive."""

    default_error_messages = {
        "invalid": gettext_lazy("Two whole numbers are expected: [start, end].")
    }

    def to_internal_value(self, data) -> tuple[int, int]:
        """The two; raises ValidationError."""
        if (
            not isinstance(data, list)
            or len(data) != 2
            or any(not isinstance(at, int) or isinstance(at, bool) for at in data)
        ):
            self.fail("invalid")
        return data[0], data[1]

    def to_representation(self, value):
        return list(value)


class DocumentBody(Body):
    """Where it stands: a text, or the address of a document whose text the record has."""

    url = Address(required=False, allow_null=True, help_text="Its address on the public web.")
    text = Text(
        required=False,
        allow_null=True,
        help_text="Its plain text, word for word. It may be left out where the record has it.",
    )
    title = Text(
        required=False,
        max_length=Document._meta.get_field("title").max_length,
        help_text="As it is printed; else its first words.",
    )
    publisher = Text(
        required=False,
        max_length=Publisher._meta.get_field("name").max_length,
        help_text="Who published it, by name.",
    )
    byline = Text(
        required=False,
        max_length=Document._meta.get_field("byline").max_length,
        help_text="Who signed it.",
    )
    published_on = Day(past=True, required=False, allow_null=True)
    kind = Choice(Document.Kind.choices, required=False)
    language = Text(
        required=False,
        max_length=Document._meta.get_field("language").max_length,
        help_text="As “fr”, which it is by default.",
    )

    def validate_text(self, value: str | None) -> str | None:
        """Fit to be kept, and not longer than what is read."""
        if value is None:
            return None
        try:
            if decode(not_too_long(value).encode(), "utf-8") != value:
                raise ValidationError(_("This is no plain text."))
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return value

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """With its ``source``: a Snapshot, or what is to be kept."""
        if given.get("text") is not None:
            origin = Origin(**{name: value for name, value in given.items() if name != "text"})
            source = Known(Page(given["text"], Kind.TEXT), given["text"].encode(), origin)
            return given | {"source": source}
        if given.get("url") is None:
            raise ValidationError(_("Give its text, or its address if the record has the text."))
        source = latest_text(Document.objects.filter(url=given["url"]).first())
        if source is None:
            raise ValidationError(
                {"url": _("The record has no text of this address: give the text as well.")}
            )
        return given | {"source": source}


class SpeakerBody(Body):
    """Who said it: one of the record, or a name."""

    id = Text(required=False, max_length=40, help_text="Of a speaker of the record.")
    name = Text(
        required=False,
        max_length=Speaker._meta.get_field("name").max_length,
        help_text="Whoever of the record has it; one that nobody has is new.",
    )
    kind = Choice(
        Speaker.Kind.choices,
        default=Speaker.Kind.PERSON,
        help_text="Of somebody the record does not know yet.",
    )

    def validate_id(self, value: str) -> Speaker:
        """The speaker, or the one it was merged into."""
        known = Speaker.objects.unmerged().exclude(kind=Speaker.Kind.ANONYMOUS)
        if speaker := known.filter(public_id=value).first() or merged.kept(Speaker, value):
            return speaker
        raise ValidationError(_("There is no speaker of this id."))

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """One or the other."""
        exactly_one(given, ["id", "name"])
        return given


class ClaimBody(Body):
    """A claim to be let in: its words in a text, and whose they are."""

    document = DocumentBody(required=False, allow_null=True, help_text="What its words stand in.")
    snapshot = SnapshotId(
        required=False, allow_null=True, help_text="SHA-256 of a text of the record, instead."
    )
    content = serializers.ListField(
        child=Place(),
        required=False,
        allow_null=True,
        min_length=1,
        max_length=MOST_SPANS,
        help_text="Where its words stand in the text; several where something stands between.",
    )
    quote = Text(
        required=False,
        allow_null=True,
        max_length=WORDS,
        help_text="Its words, instead: they stand in the text once.",
    )
    cue = Place(required=False, allow_null=True, help_text="The reporting expression.")
    source = Place(required=False, allow_null=True, help_text="The mention it is attributed to.")
    kind = Choice(Claim.Kind.choices)
    quotation = Choice(Claim.Quotation.choices)
    speaker = SpeakerBody(
        required=False, allow_null=True, help_text="Null where the document itself speaks."
    )
    said_on = Day(past=True, required=False, allow_null=True)
    wording = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=1000,
        help_text="So that it stands alone.",
    )

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """With ``where``, a Snapshot or what is to be kept, and ``selected``."""
        named = exactly_one(given, ["document", "snapshot"])
        where = given["snapshot"] if named == "snapshot" else given["document"]["source"]
        text = where.text if isinstance(where, Snapshot) else where.page.text
        faults: dict[str, Any] = {}
        places = self._places(given, text, faults)
        for name in ("cue", "source"):
            if given.get(name) and not _fits(given[name], text):
                faults[name] = [_no_place(text)]
        speaker = given.get("speaker") or {}
        if speaker and given["quotation"] == Claim.Quotation.NONE:
            faults["speaker"] = [_("Where the document itself speaks there is no speaker.")]
        published_on = _published_on(where)
        if given.get("said_on") and published_on and given["said_on"].first > published_on.last:
            faults["said_on"] = [_("Its document was published before that day.")]
        if faults:
            raise ValidationError(faults)
        known = speaker.get("id")
        selected = Selected(
            content=[_passage(place, text) for place in places],
            kind=given["kind"],
            quotation=given["quotation"],
            source=_passage(given.get("source"), text),
            cue=_passage(given.get("cue"), text),
            speaker=known.name if known else speaker.get("name", ""),
            speaker_kind=known.kind if known else speaker.get("kind", Speaker.Kind.PERSON),
            who=known.pk if known else None,
            said_on=given.get("said_on"),
            wording=given["wording"].strip(),
        )
        return given | {"where": where, "selected": selected}

    @staticmethod
    def _places(given: dict[str, Any], text: str, faults: dict[str, Any]) -> list[tuple[int, int]]:
        named = exactly_one(given, ["content", "quote"])
        if named == "quote":
            try:
                return [place_of(given["quote"], text)]
            except ValidationError as error:
                faults["quote"] = error.detail
                return []
        places = given["content"]
        wrong = {at: [_no_place(text)] for at, each in enumerate(places) if not _fits(each, text)}
        ordered = sorted(places)
        if not wrong and any(one[1] > other[0] for one, other in pairwise(ordered)):
            wrong = [_("These places overlap.")]
        if wrong:
            faults["content"] = wrong
        return places


def _fits(place: tuple[int, int], text: str) -> bool:
    start, end = place
    return 0 <= start < end <= len(text) and bool(text[start:end].strip())


def _no_place(text: str) -> str:
    sentence = _("There are no words at this place: the text has %(length)d code points.")
    return sentence % {"length": len(text)}


def _passage(place: tuple[int, int] | None, text: str) -> Passage | None:
    return place and Passage(*place, text[slice(*place)])


def _published_on(where: Snapshot | Known):
    return where.document.published_on if isinstance(where, Snapshot) else where.origin.published_on
