"""What a proposal rests on, as it is sent: a document, a text of the record, an address."""

import re
from collections.abc import Iterable
from ipaddress import ip_address

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.fields import empty

from claims import documents, merged
from claims.api.given import Text
from claims.models import Claim
from sources.excerpts import WHOLE
from sources.fetching import addresses
from sources.models import Document, Snapshot
from sources.passages import Fate, whereabouts
from sources.refused import Refused

WORDS = 5000  # code points of a quotation


class Address(Text):
    """An address of the public web, as it is fetched."""

    def __init__(self, **kwargs):
        super().__init__(max_length=addresses.LONGEST, **kwargs)

    def to_internal_value(self, data) -> str:
        """The address in its one form; raises ValidationError."""
        try:
            address = addresses.read(super().to_internal_value(data))
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        if re.fullmatch(r"[\d.]+|.*:.*", address.host) and not addresses.is_public(
            ip_address(address.host)
        ):
            raise ValidationError(_("%(host)s is not a public address") % {"host": address.host})
        return str(address)


class RowId(Text):
    """The id of a row, which is looked for once it is fit to be an id."""

    by = "public_id"
    unknown: Promise

    def __init__(self, **kwargs):
        super().__init__(max_length=64, **kwargs)

    def run_validation(self, data=empty) -> Model | None:
        """The row; raises ValidationError."""
        name = super().run_validation(data)
        if name is None:
            return None
        if row := self.rows().filter(**{self.by: name}).order_by("pk").first():
            return row
        raise ValidationError(self.why(name))

    def rows(self) -> QuerySet:
        """Among which it is looked for."""
        raise NotImplementedError

    def why(self, name: str) -> str:
        """What is said of an id that is none."""
        return str(self.unknown)


class ClaimId(RowId):
    """A published claim, by its id."""

    def rows(self) -> QuerySet:
        return Claim.objects.published()

    def why(self, name: str) -> str:
        return not_there(name)


def not_there(name: str) -> str:
    """Why there is no published claim of that id."""
    if kept := merged.kept(Claim, name):
        return _("This claim was merged into “%(kept)s”: name that one.") % {"kept": kept.public_id}
    return _("There is no claim of this id.")


class DocumentId(RowId):
    """A document readers see, by its id."""

    unknown = gettext_lazy("There is no document of this id.")

    def rows(self) -> QuerySet:
        return documents.published()


class SnapshotId(RowId):
    """A text of the record, by the SHA-256 it has in UTF-8."""

    by = "sha256"
    unknown = gettext_lazy("The record has no text of this digest.")

    def rows(self) -> QuerySet:
        return Snapshot.objects.select_related("document").defer("original")


def latest_text(document: Document | None) -> Snapshot | None:
    """The latest text of a document, if one was read."""
    if document is None:
        return None
    found = document.snapshots.filter(WHOLE).defer("original").select_related("document")
    return found.order_by("-fetched_at", "-pk").first()


def place_of(words: str, text: str) -> tuple[int, int]:
    """Where words stand in a text, once; raises ValidationError."""
    found = whereabouts(words, "", "", text)
    if found.fate == Fate.KEPT:
        return found.place
    if found.fate == Fate.AMBIGUOUS:
        raise ValidationError(_("These words stand there more than once: give their place."))
    raise ValidationError(_("These words are not in the text."))


def exactly_one(given: dict, names: Iterable[str]) -> str:
    """The one of these members that was given; raises ValidationError."""
    there = [name for name in names if given.get(name) is not None]
    if len(there) != 1:
        sentence = _("Give one of these, and only one: %(names)s.")
        raise ValidationError(sentence % {"names": ", ".join(names)})
    return there[0]
