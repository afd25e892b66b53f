"""Where passages of older snapshots are in the latest snapshot of their document.

Worked out when it is read: nothing moves, and nothing has to be kept up to date. Inside ``as_of``
the latest snapshot is the one of that time.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Case, F, Func, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from sources.excerpts import WHOLE
from sources.models import Document, Snapshot
from sources.passages import CONTEXT, Fate, Folded, whereabouts

PAST = Func(function="record_as_of", output_field=Snapshot._meta.get_field("fetched_at"))
FETCHED = Q(fetched_at__lte=Coalesce(PAST, F("fetched_at")))


def snapshots_of(document: Document) -> QuerySet[Snapshot]:
    """Its snapshots without their original bytes, the oldest first; excerpts are none of its text.

    Snapshots have no history: each is there from when it was fetched.
    """
    return document.snapshots.filter(FETCHED, WHOLE).defer("original")


def in_latest_snapshots(places: QuerySet) -> dict[int, Fate]:
    """What became of each of ``places`` that has a later snapshot, by its id.

    ``places`` are rows of anything with ``snapshot``, ``start`` and ``end``.
    """
    within, by_latest = defaultdict(list), defaultdict(list)
    for place in _moved_on(places):
        within[place["snapshot"]].append(place)
        by_latest[place["latest"]].append(place)
    found = {}
    for pk, text in _texts(within, by_latest):
        for place in within[pk]:
            start, end = place["start"], place["end"]
            place["words"] = text[start:end]
            place["before"] = text[max(start - CONTEXT, 0) : start]
            place["after"] = text[end : end + CONTEXT]
        folded = Folded(text) if by_latest[pk] else None
        for place in by_latest[pk]:
            words, before, after = place["words"], place["before"], place["after"]
            found[place["pk"]] = whereabouts(words, before, after, folded).fate
    return found


def _texts(first: Collection[int], then: Collection[int]) -> Iterable[tuple[int, str]]:
    """The texts of the snapshots, those named first first, one at a time: they may be large."""
    if not first:
        return ()
    rows = Snapshot.objects.filter(pk__in=[*first, *then])
    ordered = rows.order_by(Case(When(pk__in=list(first), then=0), default=1), "pk")
    return ordered.values_list("pk", "text").iterator(chunk_size=1)


def tell_latest(rows: Iterable[Any]) -> None:
    """Set ``in_latest_snapshot`` of each row, all of one model; None where there is none later."""
    found, rows = {}, list(rows)
    if placed := [row for row in rows if row.end is not None]:
        model = type(placed[0])
        found = in_latest_snapshots(model.objects.filter(pk__in=[row.pk for row in placed]))
    for row in rows:
        row.in_latest_snapshot = found.get(row.pk)


def _moved_on(places: QuerySet) -> QuerySet:
    """The places whose snapshot is not the latest, with that."""
    latest = Snapshot.objects.filter(FETCHED, WHOLE, document=OuterRef("snapshot__document"))
    return (
        places.filter(end__isnull=False)
        .annotate(latest=Subquery(latest.order_by("-fetched_at", "-pk").values("pk")[:1]))
        .filter(latest__isnull=False)
        .exclude(latest=F("snapshot"))
        .values("pk", "snapshot", "start", "end", "latest")
    )
