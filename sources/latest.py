"""Where passages of older snapshots are in the latest snapshot of their document.

Worked out when it is read: nothing moves, and nothing has to be kept up to date. Inside ``as_of``
the latest snapshot is the one of that time.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, Least, Substr

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
    found = {}
    by_latest = defaultdict(list)
    for place in _moved_on(places):
        by_latest[place["latest"]].append(place)
    latest = Snapshot.objects.filter(pk__in=by_latest).values_list("pk", "text")
    # One text at a time: they may be large.
    for pk, text in latest.iterator(chunk_size=1) if by_latest else ():
        folded = Folded(text)
        for place in by_latest[pk]:
            found[place["pk"]] = whereabouts(
                place["words"], place["before"], place["after"], folded
            ).fate
    return found


def tell_latest(rows: Iterable[Any]) -> None:
    """Set ``in_latest_snapshot`` of each row, all of one model; None where there is none later."""
    found, rows = {}, list(rows)
    if placed := [row for row in rows if row.end is not None]:
        model = type(placed[0])
        found = in_latest_snapshots(model.objects.filter(pk__in=[row.pk for row in placed]))
    for row in rows:
        row.in_latest_snapshot = found.get(row.pk)


def _moved_on(places: QuerySet) -> QuerySet:
    """The places whose snapshot is not the latest: their words, with those before and after."""
    latest = Snapshot.objects.filter(FETCHED, WHOLE, document=OuterRef("snapshot__document"))
    text = "snapshot__text"
    return (
        places.filter(end__isnull=False)
        .annotate(latest=Subquery(latest.order_by("-fetched_at", "-pk").values("pk")[:1]))
        .filter(latest__isnull=False)
        .exclude(latest=F("snapshot"))
        .annotate(
            words=Substr(text, F("start") + 1, F("end") - F("start")),
            before=Substr(text, Greatest(F("start") - CONTEXT, 0) + 1, Least(F("start"), CONTEXT)),
            after=Substr(text, F("end") + 1, CONTEXT),
        )
        .values("pk", "latest", "words", "before", "after")
    )
