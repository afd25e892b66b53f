"""Bring a text in: bytes in, one snapshot out, or one sentence that says why not."""

import re
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.history import RecordClock
from sources.models import Document, Publisher, Snapshot
from sources.partial_date import PartialDate

TITLE_LENGTH = 120  # characters
CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")
CONTROL_BYTES = bytes(sorted({*range(9), 11, *range(14, 32), 127}))


class Refused(Exception):
    """The text cannot be taken in; the message says why, in the interface's language."""


@dataclass(frozen=True)
class Origin:
    """What is known of a text besides its words."""

    published_on: PartialDate | None = None
    publisher: str = ""
    url: str | None = None
    title: str = ""
    language: str = "fr"

    def check(self, today: date) -> None:
        """Raise Refused if the date lies after ``today`` or the address is not one."""
        if self.published_on and self.published_on.first > today:
            raise Refused(
                _("the publication date %(date)s is in the future") % {"date": self.published_on}
            )
        for name, words, limit in (
            (_("publisher"), self.publisher, Publisher._meta.get_field("name").max_length),
            (_("title"), self.title, Document._meta.get_field("title").max_length),
        ):
            if len(words) > limit:
                raise Refused(
                    _("the %(name)s is longer than %(limit)d characters")
                    % {"name": name, "limit": limit}
                )
        if self.url:
            try:
                URLValidator(schemes=["http", "https"])(self.url)
            except ValidationError as error:
                raise Refused(_("“%(url)s” is not a web address") % {"url": self.url}) from error


@dataclass(frozen=True)
class Ingested:
    """The snapshot a text is kept in, and whether it is new."""

    snapshot: Snapshot
    created: bool


def decode(original: bytes) -> str:
    """Return the text of UTF-8 bytes, a byte order mark left out; raise Refused otherwise."""
    if len(original) > settings.MAX_TEXT_BYTES:
        raise Refused(
            _("it holds %(size)s bytes; the limit is %(limit)s")
            % {"size": f"{len(original):,}", "limit": f"{settings.MAX_TEXT_BYTES:,}"}
        )
    controls = len(original) - len(original.translate(None, CONTROL_BYTES))
    try:
        text = original.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if controls > len(original) / 100:
            raise Refused(_("it is a binary file, not text")) from error
        raise Refused(
            _("it is not valid UTF-8 (byte %(place)d)") % {"place": error.start + 1}
        ) from error
    if "\0" in text:
        nuls = text.count("\0")
        raise Refused(
            ngettext(
                "it contains a NUL byte: it is not plain text",
                "it contains %(count)d NUL bytes: it is not plain text",
                nuls,
            )
            % {"count": nuls}
        )
    if CONTROL.search(text):
        raise Refused(_("it contains control characters: it is a binary file, not text"))
    if not text.strip():
        raise Refused(_("it is empty"))
    return text


@transaction.atomic
def ingest(original: bytes, origin: Origin, *, today: date) -> Ingested:
    """Keep the text of ``original`` (UTF-8) as a snapshot of its document.

    The same text again is the same snapshot, and what its document did not know yet (address,
    date, publisher, title) is filled in, never overwritten. An address already known with another
    text gets a further snapshot. Raises Refused; nothing is written then.
    """
    text = decode(original)
    origin.check(today)
    sha256 = Snapshot.digest(text)
    with connection.cursor() as cursor:
        # One at a time for the same text or address, so that two at once make one document.
        for key in sorted({sha256, origin.url or sha256}):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    document = _document(sha256, origin) or Document(title="")
    _complete(document, origin, text)
    document.save()
    snapshot, created = Snapshot.objects.get_or_create(
        document=document,
        sha256=sha256,
        defaults={"text": text, "original": original, "fetched_at": RecordClock()},
    )
    if created:
        snapshot.refresh_from_db(fields=["fetched_at"])
    return Ingested(snapshot, created)


def _document(sha256: str, origin: Origin) -> Document | None:
    """The document at that address, else the one whose text this is."""
    if origin.url and (found := Document.objects.filter(url=origin.url).first()):
        return found
    holding = Document.objects.filter(snapshots__sha256=sha256).order_by("id")
    if origin.url:
        holding = holding.filter(url=None)
    return holding.first()


def _complete(document: Document, origin: Origin, text: str) -> None:
    if origin.publisher and not document.publisher:
        document.publisher, _created = Publisher.objects.get_or_create(name=origin.publisher)
    document.url = document.url or origin.url
    document.published_on = document.published_on or origin.published_on
    document.title = document.title or origin.title or first_words(text)
    if document._state.adding:
        document.language = origin.language


def first_words(text: str) -> str:
    """A title for a text that has none: its first line, cut at a word."""
    return shorten(text.strip().splitlines()[0], TITLE_LENGTH, placeholder="…")
