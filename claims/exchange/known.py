"""Whom and what a row of a file names: speakers and documents of the record, told apart or new."""

from difflib import get_close_matches

from django.db.models import Q
from django.utils.translation import gettext as _

from claims.bearers import bearers_of
from claims.exchange.refused import RowRefused, Values
from claims.merged import end_of_merges
from claims.models import Speaker
from sources.locks import hold
from sources.models import Document, Publisher
from sources.partial_date import PartialDate

ANONYMOUS = Speaker.Kind.ANONYMOUS
COMPARED = 500  # names that a misspelt one is compared with


def speaker_of_id(public_id: str, column: str) -> Speaker:
    """Raises RowRefused for one that is not there, or is part of another."""
    found = Speaker.objects.filter(public_id=public_id).first()
    if found is None:
        raise RowRefused((column, _("no speaker has the id “%(id)s”") % {"id": public_id}))
    if (kept := end_of_merges(found)) != found:
        told = {"name": kept, "id": kept.public_id}
        raise RowRefused((column, _("it was merged into %(name)s (%(id)s): give that id") % told))
    return found


def ambiguous(name: str, found: list[Speaker], column: str, id_column: str) -> RowRefused:
    people = ", ".join(f"{speaker} ({speaker.public_id})" for speaker in found)
    sentence = _("several bear the name “%(name)s”: %(people)s. Give the id as “%(column)s”")
    return RowRefused((column, sentence % {"name": name, "people": people, "column": id_column}))


def similar_name(name: str) -> Speaker | None:
    """Whose name may have been meant."""
    last = name.split()[-1]
    near = Speaker.objects.unmerged().exclude(kind=ANONYMOUS)
    near = near.filter(Q(name__icontains=last) | Q(name__istartswith=name[:2]))
    names = {speaker.name.casefold(): speaker for speaker in near[:COMPARED]}
    close = get_close_matches(name.casefold(), names, n=1, cutoff=0.75)
    return names[close[0]] if close else None


class Known:
    """What was looked up already in one import: of many rows of one document, once."""

    def __init__(self):
        self._bearers: dict[str, list[Speaker]] = {}
        self._documents: dict[tuple[str, ...], Document] = {}

    def forget(self) -> None:
        """After a row that was taken back, with what it added."""
        self.__init__()

    def bearers(self, name: str, kind: str = "") -> list[Speaker]:
        """Who bears a name, or has it for an alias; of that kind, if any is."""
        if name not in self._bearers:
            if not (found := bearers_of([name]).get(name, [])):
                return []
            self._bearers[name] = found
        found = self._bearers[name]
        return [speaker for speaker in found if speaker.kind == kind] or found if kind else found

    def document(self, values: Values) -> Document | None:
        """The document a row names, by its id, its address, or title, publisher and date.

        None for one that is not in the record; raises RowRefused where nothing tells which is
        meant.
        """
        key = document_key(values)
        if key not in self._documents:
            if (found := _document(values)) is None:
                return None
            self._documents[key] = found
        return self._documents[key]

    def new_document(self, values: Values, notes: list[str]) -> Document:
        """A document that is cited only; ``notes`` tell what was added."""
        url = values.get("document_url")
        hold([url or values["document_title"]])
        publisher = None
        if name := values.get("publisher"):
            publisher, created = Publisher.objects.get_or_create(name=name)
            if created:
                notes.append(_("adds the publisher “%(name)s”") % {"name": name})
        published_on = values.get("published_on")
        document = Document.objects.create(
            title=values.get("document_title") or url[:500],
            url=url,
            publisher=publisher,
            published_on=PartialDate.parse(published_on) if published_on else None,
        )
        notes.append(_("adds the document “%(title)s”") % {"title": document})
        self._documents[document_key(values)] = document
        return document


def document_key(values: Values) -> tuple[str, ...]:
    """What tells the document a row names."""
    for name in ("document_id", "document_url"):
        if values.get(name):
            return (name, values[name])
    return tuple(values.get(name, "") for name in ("document_title", "publisher", "published_on"))


def _document(values: Values) -> Document | None:
    documents = Document.objects.select_related("publisher")
    if public_id := values.get("document_id"):
        found = documents.filter(public_id=public_id).first()
        if found is None:
            sentence = _("no document has the id “%(id)s”") % {"id": public_id}
            raise RowRefused(("document_id", sentence))
        return found
    if url := values.get("document_url"):
        return documents.filter(url=url).first()
    names = ("document_title", "publisher", "published_on")
    if missing := [name for name in names if not values.get(name)]:
        sentence = _("give the document’s address, or its title, publisher and date")
        raise RowRefused((missing[0], sentence))
    found = documents.filter(
        title=values["document_title"],
        publisher__name=values["publisher"],
        published_on=PartialDate.parse(values["published_on"]),
    )[:2]
    if len(found) > 1:
        sentence = _("several documents have this title, publisher and date: give the address")
        raise RowRefused(("document_title", sentence))
    return found[0] if found else None
