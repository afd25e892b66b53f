"""What the change log says, with what the rows are now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from claims import merged
from claims.api.resources import RESOURCES
from claims.models import Change, ChangeLog, Claim, Speaker
from claims.sync.settle import settle
from claims.sync.snapshot import snapshot


class Beyond(ValueError):
    """The log has not come to that number: it is none of ours, or the log began anew."""


@dataclass(frozen=True)
class Entry:
    """``document`` is the JSON of the row as it is now; None if it is not public.

    ``merged_into`` is the id of the row it then is part of, if of one.
    """

    change: Change
    document: str | None
    merged_into: str | None


@dataclass(frozen=True)
class Page:
    """Entries in order; ``next`` is the number to go on after, ``more`` whether there are more."""

    entries: list[Entry]
    next: int
    more: bool


def read(since: int, limit: int, origin: str = settings.SITE) -> Page:
    """At most ``limit`` entries after the number ``since``, all as of one moment; raises Beyond."""
    settle()
    with snapshot():
        if since > ChangeLog.objects.get().number:
            raise Beyond(_("The log has not come to the number %(number)d.") % {"number": since})
        found = list(Change.objects.filter(number__gt=since).order_by("number")[: limit + 1])
        changes = found[:limit]
        documents = _documents(changes, origin)
        given = [(change, documents.get((change.resource, change.public_id))) for change in changes]
        into = _merged_into(change for change, document in given if document is None)
        return Page(
            entries=[
                Entry(change, document, into.get((change.resource, change.public_id)))
                for change, document in given
            ],
            next=changes[-1].number if changes else since,
            more=len(found) > limit,
        )


def _documents(changes: Iterable[Change], origin: str) -> dict[tuple[str, str], str]:
    """The JSON of their rows that are public, by resource and id."""
    rows: dict[str, set[int]] = {}
    for change in changes:
        rows.setdefault(change.resource, set()).add(change.row)
    found = {}
    for name, keys in rows.items():
        public = RESOURCES[name].published().order_by().filter(pk__in=keys)
        pks = list(public.values_list("pk", flat=True))
        for _pk, public_id, document in RESOURCES[name].texts(pks, origin):
            found[name, public_id] = document
    return found


def _merged_into(changes: Iterable[Change]) -> dict[tuple[str, str], str]:
    """The id of the public row that each is part of, if it was merged."""
    rows: dict[str, dict[int, str]] = {}
    for change in changes:
        rows.setdefault(change.resource, {})[change.row] = change.public_id
    return {
        (name, rows[name][row]): kept
        for name, model in (("claims", Claim), ("speakers", Speaker))
        if name in rows
        for row, kept in merged.kept_of(model, rows[name]).items()
    }
