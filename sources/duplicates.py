"""Near-duplicate documents: the same agency dispatch in twenty papers."""

from collections import defaultdict
from collections.abc import Collection

from django.db import connection

from sources.models import Snapshot
from sources.shingles import shared, shingles

SHARED = 0.5  # of the shingles of the shorter text
LEAST = 20  # shingles that both have: less is what a site says beside its articles
MOST = 20  # texts looked at for each, those with the likest sketches

ALIKE = """
SELECT own.id, other.id
FROM sources_snapshot own CROSS JOIN LATERAL (
    SELECT id FROM sources_snapshot
    WHERE sketch && own.sketch AND document_id <> own.document_id
    ORDER BY (SELECT count(*) FROM unnest(sketch) entry WHERE entry = ANY(own.sketch)) DESC, id
    LIMIT %s
) other
WHERE own.id = ANY(%s)
"""


def near_duplicates(snapshots: Collection[Snapshot]) -> dict[int, set[int]]:
    """For each by its id: the snapshots of other documents that hold most of its text, or it of
    theirs.

    Found by their sketches, judged by their words; two queries, however many.
    """
    mine = {snapshot.pk: shingles(snapshot.text) for snapshot in snapshots}
    found = {pk: set() for pk in mine}
    alike = _alike(list(mine))
    others = Snapshot.objects.filter(pk__in=alike).values_list("pk", "text")
    # Few at a time: they may be large.
    for other, text in others.iterator(chunk_size=20) if alike else ():
        theirs = mine.get(other) or shingles(text)
        for pk in alike[other]:
            if _hold_the_same(mine[pk], theirs):
                found[pk].add(other)
    return found


def _alike(snapshots: list[int]) -> dict[int, list[int]]:
    """For each snapshot with a sketch like one of these, which of these."""
    alike = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [MOST, snapshots])
        for own, other in cursor.fetchall():
            alike[other].append(own)
    return alike


def _hold_the_same(one: set[int], other: set[int]) -> bool:
    return len(one & other) >= LEAST and shared(one, other) >= SHARED
