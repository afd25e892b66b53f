"""Which claims verifications are the finding on: those they are about, and what repeats them."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import OuterRef, Prefetch, Subquery

from claims.models import Appearance, Claim, Standing, Verification

LOOKED_AT, TOLD = 100, 50  # claims
REPORTS = 30  # of a claim

# Of each, its claims, and what repeats one of them, directly or through others, the nearest first;
# and whether it is one of its own.
REACHED = """
SELECT asked.id, found.id, EXISTS (
         SELECT FROM claims_verification_claims own
          WHERE own.verification_id = asked.id AND own.claim_id = found.id)
  FROM unnest(%s::bigint[]) asked(id), LATERAL (
    WITH RECURSIVE reached(id) AS (
      SELECT claim_id FROM claims_verification_claims WHERE verification_id = asked.id
      UNION
      SELECT link.claim_id + link.earlier_id - reached.id
        FROM reached
        JOIN claims_link link ON reached.id IN (link.claim_id, link.earlier_id)
         AND link.kind = 'repeats' AND link.status = 'accepted'
    )
    SELECT id FROM reached LIMIT %s
  ) found
"""


def reviewed_claims(verification: Verification) -> list[Claim]:
    """Published claims with all that is told of each, those of the verification itself first;
    ``shown_appearances`` are their latest."""
    return reviewed_by([verification])[verification.pk]


def reviewed_by(verifications: Iterable[Verification]) -> dict[int, list[Claim]]:
    """The same of several, by their ids."""
    reached: dict[int, dict[int, bool]] = {row.pk: {} for row in verifications}
    with connection.cursor() as cursor:
        cursor.execute(REACHED, [list(reached), LOOKED_AT])
        for verification, claim, own in cursor:
            reached[verification][claim] = own
    rows = _told({claim for claims in reached.values() for claim in claims})
    return {
        verification: sorted(
            (
                rows[pk]
                for pk, own in claims.items()
                if pk in rows and (own or rows[pk].finding == verification)
            ),
            key=lambda row: (not claims[row.pk], row.pk),
        )[:TOLD]
        for verification, claims in reached.items()
    }


def _told(ids: set[int]) -> dict[int, Claim]:
    """The published ones of them, with the verification each stands by as ``finding``."""
    # In a place where it is asked of one row at a time.
    finding = Subquery(Standing.objects.filter(claim=OuterRef("pk")).values("verification"))
    appearances = (
        Appearance.objects.order_by("-id")
        .select_related("sentence__snapshot__document__publisher")
        .defer("sentence__snapshot__text", "sentence__snapshot__original")
    )
    claims = (
        Claim.objects.published()
        .annotate(finding=finding)
        .with_source()
        .select_related("forecast")
        .prefetch_related(
            "speaker__positions",
            Prefetch("appearances", appearances[:REPORTS], to_attr="shown_appearances"),
        )
    )
    return claims.in_bulk(ids) if ids else {}
