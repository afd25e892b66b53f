"""Every public page for search engines, in files that are made without reading the others.

A file holds the rows of a range of ids (claims/ranges.py): where it begins and ends never changes,
and it changes where they do. When that was last is found in an index, so that the list of all files
reads a few entries for each (docs/decisions/0026).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from claims import documents
from claims.models import Claim, Correction, Development, Speaker, Verification
from claims.ranges import SPAN
from sources.models import Document, Snapshot

# When something last came to a range: in a table, by the id there, where a condition holds.
LAST = "SELECT max({moment}) FROM {table} WHERE {row} / {span} = number AND {condition}"
FILES = """
SELECT number, greatest(added, corrected)
  FROM generate_series(0, (SELECT max(id) FROM {table}) / {span}) number,
       LATERAL (SELECT ({added}) AS added, ({corrected}) AS corrected) last
 WHERE added IS NOT NULL
 ORDER BY number
"""
NEVER = "SELECT NULL::timestamptz"


@dataclass(frozen=True)
class Section:
    """The pages of one kind of row: ``page`` names them.

    ``rows`` are those that are public, with ``changed``: when the row changed last. ``added`` and
    ``corrected`` ask the same of a range; without them that is not known of a whole file.
    """

    model: type[Model]
    page: str
    rows: Callable[[], QuerySet]
    added: str = ""
    corrected: str = NEVER

    def file(self, number: int) -> list[tuple[str, datetime]]:
        """The public ids of the rows of a range, and when each changed last."""
        first = number * SPAN
        rows = self.rows().filter(pk__gte=first, pk__lt=first + SPAN).order_by("pk")
        return list(rows.values_list("public_id", "changed"))

    def files(self) -> list[tuple[int, datetime | None]]:
        """The ranges that have rows, and when one of them changed last, if that is known."""
        table = self.model._meta.db_table
        if not self.added:
            last = self.model.objects.order_by("-pk").values_list("pk", flat=True).first()
            return [] if last is None else [(n, None) for n in range(last // SPAN + 1)]
        asked = {"table": table, "span": SPAN, "added": self.added, "corrected": self.corrected}
        with connection.cursor() as cursor:
            cursor.execute(FILES.format(**asked))
            return cursor.fetchall()


def _last(table: str, row: str, moment: str, condition: str) -> str:
    return LAST.format(table=table, row=row, moment=moment, condition=condition, span=SPAN)


def _corrected(row: str) -> str:
    return _last("claims_correction", f"{row}_id", "made_at", f"{row}_id IS NOT NULL")


def _with_corrections(rows: QuerySet, row: str, moment: str) -> QuerySet:
    made = Correction.objects.filter(**{row: OuterRef("pk")}).order_by("-made_at")
    return rows.annotate(changed=Greatest(moment, Subquery(made.values("made_at")[:1])))


def _claims() -> QuerySet[Claim]:
    return _with_corrections(Claim.objects.published(), "claim", "decided_at")


def _verifications() -> QuerySet[Verification]:
    return _with_corrections(Verification.objects.in_force(), "verification", "published_at")


def _developments() -> QuerySet[Development]:
    return _with_corrections(Development.objects.accepted(), "development", "decided_at")


def _speakers() -> QuerySet[Speaker]:
    """Whose page says something new with each claim that is let in."""
    said = Claim.objects.published().filter(speaker=OuterRef("pk")).order_by("-decided_at", "-id")
    latest = Subquery(said.values("decided_at")[:1])
    return Speaker.objects.unmerged().annotate(changed=latest).filter(changed__isnull=False)


def _documents() -> QuerySet[Document]:
    fetched = Snapshot.objects.filter(document=OuterRef("pk")).order_by("-fetched_at")
    latest = Subquery(fetched.values("fetched_at")[:1])
    return documents.published().annotate(changed=Greatest("added_at", latest))


ACCEPTED = "status = 'accepted'"
SECTIONS = {
    "claims": Section(
        Claim,
        "claim",
        _claims,
        _last("claims_claim", "id", "decided_at", ACCEPTED),
        _corrected("claim"),
    ),
    "verifications": Section(
        Verification,
        "verification",
        _verifications,
        _last("claims_verification", "id", "published_at", "status = 'published'"),
        _corrected("verification"),
    ),
    "developments": Section(
        Development,
        "development",
        _developments,
        _last("claims_development", "id", "decided_at", ACCEPTED),
        _corrected("development"),
    ),
    "speakers": Section(
        Speaker,
        "speaker",
        _speakers,
        _last("claims_claim", "speaker_id", "decided_at", ACCEPTED),
    ),
    # When a document became public is that of a claim, a verification or a development: no index
    # has it by document.
    "documents": Section(Document, "document", _documents),
}
