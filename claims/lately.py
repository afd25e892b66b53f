"""What moved claims lately, whatever it was, as one list.

Each kind of change is read by an index of just that, and so many rows of it only as may be shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef
from django.utils import timezone

from claims.models import (
    Claim,
    Development,
    Effect,
    Forecast,
    Proposal,
    Standing,
    Verification,
    Withdrawal,
)

# The developments that moved claims last, each once: of one that moved thousands, one row is read.
MOVING = """
WITH RECURSIVE moving AS (
  (SELECT decided_at, development_id FROM claims_effect
    WHERE status = 'accepted' AND NOT kind IN ('clarifies', 'context')
    ORDER BY decided_at DESC, development_id DESC LIMIT 1)
  UNION ALL
  SELECT earlier.decided_at, earlier.development_id
    FROM moving, LATERAL (
      SELECT decided_at, development_id FROM claims_effect
       WHERE status = 'accepted' AND NOT kind IN ('clarifies', 'context')
         AND (decided_at, development_id) < (moving.decided_at, moving.development_id)
       ORDER BY decided_at DESC, development_id DESC LIMIT 1) earlier
)
SELECT development_id, decided_at FROM moving LIMIT %s
"""


@dataclass(frozen=True)
class Change:
    """A claim that stands elsewhere ``since`` then, by a verification, development or forecast.

    ``how``: "verified", "superseded", "withdrawn", "happened" or "resolved". ``before``: where it
    stood, in a word; empty where the record does not tell. ``others``: it moved other claims too.
    """

    since: datetime
    how: str
    by: Verification | Development | Forecast
    claim: Claim
    others: bool
    before: str = ""


def changes(most: int) -> list[Change]:
    """The latest change of each claim, the latest first."""
    rows = 2 * most  # Of a claim that moved twice one is left out.
    found = [*_verified(rows), *_withdrawn(rows), *_happened(rows), *_resolved(rows)]
    found.sort(key=lambda change: change[0], reverse=True)
    latest = {}
    for since, how, by, claims, before in found:
        if claims:
            latest.setdefault(claims[0], (since, how, by, len(claims) > 1, before))
    latest = dict(list(latest.items())[:most])
    moves = _settling().filter(claim=OuterRef("pk")).values("pk")[:2]
    claims = (
        Claim.objects.published()
        .with_source()
        .select_related("forecast")
        .with_standing()
        .prefetch_related("standing__verification__withdrawal")
        .annotate(moves=ArraySubquery(moves))
        .in_bulk(latest)
    )
    return [
        _told(Change(since, how, by, claims[pk], others, before))
        for pk, (since, how, by, others, before) in latest.items()
        if pk in claims
    ]


Found = Iterator[tuple[datetime, str, Verification | Development | Forecast, list[int], str]]


def _verified(most: int) -> Found:
    published = Verification.objects.published().with_first_claims()
    for row in published.select_related("rating", "predecessor__rating")[:most]:
        how, before = "verified", ""
        if row.predecessor:
            how, before = "superseded", row.predecessor.rating.label
        yield row.published_at, how, row, row.first_claims, before


def _withdrawn(most: int) -> Found:
    latest = Withdrawal.objects.order_by("-withdrawn_at", "-id")
    times = dict(latest.values_list("verification", "withdrawn_at")[:most])
    withdrawn = Verification.objects.with_first_claims().select_related("rating")
    for row in withdrawn.filter(pk__in=times):
        yield times[row.pk], "withdrawn", row, row.first_claims, row.rating.label


def _happened(most: int) -> Found:
    with connection.cursor() as cursor:
        cursor.execute(MOVING, [most])
        times = dict(reversed(cursor.fetchall()))
    moved = _settling().filter(development=OuterRef("pk"), claim__in=Claim.objects.published())
    # Those moved last, of a development with effects that were let in later.
    moved = moved.order_by("-decided_at", "claim_id").values("claim")[:2]
    rows = Development.objects.accepted().filter(pk__in=times)
    for row in rows.annotate(moved=ArraySubquery(moved)):
        yield times[row.pk], "happened", row, row.moved, ""


def _resolved(most: int) -> Found:
    resolved = Forecast.objects.exclude(outcome="").order_by("-recorded_at", "-id")
    rows = list(resolved[:most])
    versions = Forecast.pgh_event_model.objects.exclude(outcome="")
    told = versions.filter(id__in=[row.pk for row in rows]).order_by("pgh_id")
    outcomes = {}
    for version in told:
        outcomes.setdefault(version.id, {})[version.recorded_at] = version.get_outcome_display()
    for row in rows:
        earlier = [said for at, said in outcomes.get(row.pk, {}).items() if at < row.recorded_at]
        yield row.recorded_at, "resolved", row, [row.claim_id], str(earlier[-1]) if earlier else ""


def _settling():
    accepted = Effect.objects.order_by().filter(status=Proposal.Status.ACCEPTED)
    return accepted.exclude(kind__in=[Effect.Kind.CLARIFIES, Effect.Kind.CONTEXT])


def _told(change: Change) -> Change:
    """The change with what is known of before, unless it is what is still so."""
    before = change.before or _before(change)
    return replace(change, before="" if before == str(change.claim.standing) else before)


def _before(change: Change) -> str:
    """Where the claim stood if nothing else had moved it by then; else empty."""
    claim, standing = change.claim, change.claim.standing
    moved_it = {"happened": Standing.Basis.DEVELOPMENT, "resolved": Standing.Basis.OUTCOME}
    only = len(claim.moves) == (change.how == "happened")
    if standing.basis != moved_it.get(change.how) or not only:
        return ""
    if finding := standing.verification:
        withdrawn = hasattr(finding, "withdrawal")
        return str(Standing.Value.WITHDRAWN.label) if withdrawn else finding.rating.label
    if forecast := getattr(claim, "forecast", None):
        due = forecast.due_on.end <= timezone.localdate(change.since)
        return str((Standing.Value.DUE if due else Standing.Value.OPEN).label)
    return str(Standing.Value.UNVERIFIED.label)
