"""The latest rows that have what is asked for, however common or rare that is.

Whether to read back through the table until there are enough, or to ask the indexes for all there
are: of two words, or of a word and a year, the planner knows it only by chance. So the newest rows
are read, and they foretell how far to go, and in which of the two ways (docs/decisions/0039).
"""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q

from sources.search.expressions import Matches
from sources.session import planned

# Of so many ids the rows are read first, to see how common what is looked for is; of so many they
# are read rather than an index asked, which takes longer the commoner a word is.
NEWEST = 8000
READ = 150_000
# Of more than this part of the ids, the indexes are asked for all there are: of the ids of a part,
# another index has to be read.
PART = 2 / 5


def newest(rows: models.QuerySet, ways: list[Q], most: int) -> list[int]:
    """The ids of the latest of ``rows`` that fulfil one of these conditions; so many at most."""
    if not ways:
        return []
    last = rows.model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    found: list[int] = []
    upper, looked_at, step = last or 0, 0, NEWEST
    with planned(walking=True):
        while upper > 0 and len(found) < most:
            lower = 0 if 2 * step > upper else upper - step
            some = rows.filter(pk__lte=upper, pk__gt=lower)
            if upper - lower <= READ:
                found += _walked(some, ways, most - len(found))
            elif step > PART * upper:
                return _asked(rows, ways, most)
            else:
                found += _asked(some, ways, most - len(found))
            looked_at, upper = looked_at + upper - lower, lower
            step = int(1.5 * looked_at * most / len(found)) if found else upper
    return found


def _walked(rows: models.QuerySet, ways: list[Q], most: int) -> list[int]:
    """The latest by their ids that fulfil one of these, read one by one from the latest."""
    some = rows.filter(_unindexed(reduce(or_, ways))).order_by("-pk")
    return list(some.values_list("pk", flat=True)[:most])


def _unindexed(way: Q) -> Q:
    """The same condition, but that the index of words is not asked for it."""
    parts = []
    for part in way.children:
        if isinstance(part, Q):
            part = _unindexed(part)
        parts.append(part.unindexed() if isinstance(part, Matches) else part)
    return Q.create(parts, way.connector, way.negated)


def _asked(rows: models.QuerySet, ways: list[Q], most: int) -> list[int]:
    """The same, each way by its own index."""
    found: list[int] = []
    with planned(walking=False):
        for way in ways:
            # Where there are enough already, none that is older than they are.
            some = rows.filter(way, pk__gt=found[-1]) if len(found) == most else rows.filter(way)
            # Not in the order of an index: the planner would walk it, hoping for enough soon.
            some = some.order_by((F("pk") + 0).desc()).values_list("pk", flat=True)[:most]
            found = sorted({*found, *some}, reverse=True)[:most]
    return found
