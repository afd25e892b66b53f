"""Keep texts as snapshots of their documents: each once, however many come and from wherever."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from sources.history import RecordClock
from sources.insert import drawing_again, insert
from sources.known import Known, Text
from sources.locks import hold
from sources.models import Document, Publisher, Snapshot
from sources.origin import Origin
from sources.readers.kind import Kind
from sources.refused import Refused

TITLE_LENGTH = 120  # characters
BEGINNING = 1000  # characters of a text that tell its first words


class OtherWords(Refused):
    """An address is known with another text."""


@dataclass(frozen=True)
class Ingested:
    """The snapshot a text is kept in, and whether it is new."""

    snapshot: Snapshot
    created: bool


@drawing_again
@transaction.atomic
def keep(texts: Sequence[Text]) -> list[Ingested]:
    """Keep each text as a snapshot of its document, in their order.

    The same text again is the same snapshot, and what its document did not know yet (address,
    date, publisher, title) is filled in, never overwritten. An address already known with another
    text gets a further snapshot.
    """
    # So that the same text or address twice at once makes one document.
    hold(key for text in texts for key in (text.sha256, text.origin.url or text.sha256))
    known = Known(texts)
    for text in texts:
        _check_redacted(text, known)
    documents = _documents(texts, known)
    now = _record_clock()
    kept = []
    for text, document in zip(texts, documents, strict=True):
        if there := known.snapshots.get((document.pk, text.sha256)):
            there.text = text.page.text  # It is the same, and was not looked up.
            kept.append(Ingested(there, created=False))
            continue
        snapshot = Snapshot(
            document=document,
            text=text.page.text,
            sha256=text.sha256,
            original=text.original,
            media_type=text.page.media_type,
            fetched_at=now,
        )
        known.snapshots[document.pk, text.sha256] = snapshot
        kept.append(Ingested(snapshot, created=True))
    insert(Snapshot, [ingested.snapshot for ingested in kept if ingested.created])
    return kept


@transaction.atomic
def keep_beside(text: Text) -> Snapshot:
    """The snapshot that has the text, or a new one of a new document: what is known stays as it is.

    For what comes from outside, whose documents readers may see already. Raises OtherWords where
    the address is known with other words.
    """
    hold((text.sha256, text.origin.url or text.sha256))
    known = Known([text])
    _check_redacted(text, known)
    document = known.document(text)
    if document is None:
        return keep([text])[0].snapshot
    snapshot = known.snapshots.get((document.pk, text.sha256))
    if snapshot is None:
        raise OtherWords(_("The record has another text of this address: leave the text out."))
    snapshot.text = text.page.text
    return snapshot


def _check_redacted(text: Text, known: Known) -> None:
    if known.is_redacted(text):
        raise Refused(_("Words of this document were redacted: its text is not taken in again."))


def _documents(texts: Sequence[Text], known: Known) -> list[Document]:
    """The document of each text, with what the text tells filled in."""
    publishers = _publishers(texts)
    documents, new, changed = [], [], defaultdict(set)
    for text in texts:
        document = known.document(text)
        if document is None:
            document = Document(title="")
            for name in ("language", "kind"):  # Of a known document they are known.
                if value := getattr(text.origin, name):
                    setattr(document, name, value)
            new.append(document)
        filled_in = told(document, text.origin)
        if "publisher" in filled_in:
            filled_in["publisher"] = publishers(text.origin.publisher)
        if not document.title:
            filled_in.setdefault("title", first_words(text.page.text))
        for name, value in filled_in.items():
            setattr(document, name, value)
        if filled_in and document.pk:
            changed[document.pk] |= set(filled_in)
        known.add(document, text)
        documents.append(document)
    insert(Document, new)
    for document in {document.pk: document for document in documents}.values():
        if document.pk in changed:
            document.save(update_fields=changed[document.pk])
    return documents


def told(document: Document, origin: Origin) -> dict[str, object]:
    """The fields of a document that are empty and that ``origin`` tells."""
    known = {
        "publisher": document.publisher_id,
        "url": document.url,
        "published_on": document.published_on,
        "title": "" if document.title == Document.title_of(document.url or "") else document.title,
        "byline": document.byline,
    }
    return {
        name: getattr(origin, name)
        for name, value in known.items()
        if not value and getattr(origin, name)
    }


def complete(document: Document, origin: Origin) -> set[str]:
    """Fill in what a document does not know, and a better title than its first words.

    Returns the names of the fields that changed. In the transaction that is open.
    """
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    filled_in = told(document, origin)
    if "publisher" in filled_in:
        filled_in["publisher"], _new = Publisher.objects.get_or_create(name=origin.publisher)
    if origin.title and untitled(document.snapshots.all()):
        filled_in["title"] = origin.title
    for name, value in filled_in.items():
        setattr(document, name, value)
    document.save(update_fields=filled_in)
    return set(filled_in)


def untitled(snapshots: QuerySet[Snapshot]) -> set[int]:
    """The ids of those whose document nobody named: it is called by the first words of a text."""
    plain = snapshots.filter(media_type=Kind.TEXT)
    rows = plain.values_list("pk", "document__title", Left("text", BEGINNING))
    return {pk for pk, title, beginning in rows if first_words(beginning) == title}


def _publishers(texts: Sequence[Text]) -> Callable[[str], Publisher]:
    """A function that gives the publisher of a name."""
    names = {text.origin.publisher for text in texts} - {""}
    found = {publisher.name: publisher for publisher in Publisher.objects.filter(name__in=names)}

    def named(name: str) -> Publisher:
        if name not in found:
            found[name], _created = Publisher.objects.get_or_create(name=name)
        return found[name]

    return named


def _record_clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {RecordClock.function}()")
        return cursor.fetchone()[0]


def first_words(text: str) -> str:
    """A title for a text that has none: its first line, cut at a word."""
    return shorten(next(iter(text.strip().splitlines()), ""), TITLE_LENGTH, placeholder="…")
