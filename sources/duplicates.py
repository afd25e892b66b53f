"""Near-duplicate documents: the same agency dispatch in twenty papers."""

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from sources.models import Snapshot
from sources.shingles import shared, shingles

SHARED = 0.5  # of the shingles of the shorter text
LEAST = 20  # shingles that both have: less is what a site says beside its articles
MOST = 20  # texts looked at, those with the likest sketches

LIKENESS = """(
    SELECT count(*) FROM unnest("sources_snapshot"."sketch") AS entry WHERE entry = ANY(%s)
)"""


def near_duplicates(snapshot: Snapshot) -> list[int]:
    """The ids of the snapshots of other documents that hold most of its text, or it of theirs.

    Found by their sketches, judged by their words; the likest sketch first.
    """
    mine = shingles(snapshot.text)
    alike = _alike(snapshot).values_list("pk", "text").iterator(chunk_size=1)
    return [pk for pk, text in alike if _hold_the_same(mine, shingles(text))]


def _alike(snapshot: Snapshot) -> QuerySet[Snapshot]:
    likeness = RawSQL(LIKENESS, [snapshot.sketch])
    alike = Snapshot.objects.filter(sketch__overlap=snapshot.sketch)
    return alike.exclude(document=snapshot.document_id).order_by(likeness.desc(), "pk")[:MOST]


def _hold_the_same(mine: set[int], other: set[int]) -> bool:
    return len(mine & other) >= LEAST and shared(mine, other) >= SHARED
