"""Bring a text in: bytes in, one snapshot out, or one sentence that says why not."""

from dataclasses import dataclass, fields, replace
from datetime import date
from textwrap import shorten
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from sources.history import RecordClock
from sources.models import Document, Publisher, Snapshot
from sources.partial_date import PartialDate
from sources.read import read
from sources.readers.page import Page
from sources.refused import Refused

TITLE_LENGTH = 120  # characters


@dataclass(frozen=True)
class Origin:
    """What is known of a text besides its words."""

    published_on: PartialDate | None = None
    publisher: str = ""
    url: str | None = None
    title: str = ""
    language: str = ""
    byline: str = ""

    @classmethod
    def of(cls, page: Page, today: date) -> "Origin":
        """What a page says of itself; what cannot be, or cannot be kept, is left out."""
        published_on = page.published_on
        return cls(
            PartialDate.day(published_on) if published_on and published_on <= today else None,
            page.publisher if len(page.publisher) <= _longest(Publisher, "name") else "",
            page.canonical_url if _is_address(page.canonical_url) else None,
            shorten(page.title, _longest(Document, "title"), placeholder="…"),
            page.language,
            shorten(page.byline, _longest(Document, "byline"), placeholder="…"),
        )

    def or_else(self, other: "Origin") -> "Origin":
        """This, and where it says nothing what ``other`` says."""
        return Origin(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(Origin)))

    def check(self, today: date) -> None:
        """Raise Refused if the date lies after ``today`` or the address is not one."""
        if self.published_on and self.published_on.first > today:
            raise Refused(
                _("the publication date %(date)s is in the future") % {"date": self.published_on}
            )
        for name, words, limit in (
            (_("publisher"), self.publisher, _longest(Publisher, "name")),
            (_("title"), self.title, _longest(Document, "title")),
            (_("byline"), self.byline, _longest(Document, "byline")),
        ):
            if len(words) > limit:
                raise Refused(
                    _("the %(name)s is longer than %(limit)d characters")
                    % {"name": name, "limit": limit}
                )
        if self.url and not _is_address(self.url):
            raise Refused(_("“%(url)s” is not a web address") % {"url": self.url})


def _longest(model: type[Model], field: str) -> int:
    return model._meta.get_field(field).max_length


def _is_address(url: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return False
    return len(url) <= _longest(Document, "url")


@dataclass(frozen=True)
class Ingested:
    """The snapshot a text is kept in, and whether it is new."""

    snapshot: Snapshot
    created: bool


def ingest(
    original: bytes,
    origin: Origin,
    *,
    today: date,
    otherwise: Origin = Origin(),
    name: str = "",
    media_type: str = "",
    charset: str = "",
    fetched_from: str = "",
) -> Ingested:
    """Read ``original`` and keep its text as a snapshot of its document.

    What a page says of itself counts where ``origin`` says nothing, and ``otherwise`` where neither
    does; of where it was fetched from it is believed within its own site only. Raises Refused;
    nothing is written then.
    """
    origin.check(today)
    address = origin.url or fetched_from
    page = read(original, name=name, media_type=media_type, charset=charset, url=address)
    said = Origin.of(page, today)
    if fetched_from and not (said.url and _site(said.url) == _site(fetched_from)):
        said = replace(said, url=fetched_from)
    return keep(page, original, origin.or_else(said).or_else(otherwise))


def _site(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")


@transaction.atomic
def keep(page: Page, original: bytes, origin: Origin) -> Ingested:
    """Keep what was read as a snapshot of its document.

    The same text again is the same snapshot, and what its document did not know yet (address,
    date, publisher, title) is filled in, never overwritten. An address already known with another
    text gets a further snapshot.
    """
    sha256 = Snapshot.digest(page.text)
    with connection.cursor() as cursor:
        # One at a time for the same text or address, so that two at once make one document.
        for key in sorted({sha256, origin.url or sha256}):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    document = _document(sha256, origin) or Document(title="")
    _complete(document, origin, page.text)
    document.save()
    snapshot, created = Snapshot.objects.get_or_create(
        document=document,
        sha256=sha256,
        defaults={
            "text": page.text,
            "original": original,
            "media_type": page.media_type,
            "fetched_at": RecordClock(),
        },
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
    document.byline = document.byline or origin.byline
    if document._state.adding and origin.language:
        document.language = origin.language


def first_words(text: str) -> str:
    """A title for a text that has none: its first line, cut at a word."""
    return shorten(text.strip().splitlines()[0], TITLE_LENGTH, placeholder="…")
