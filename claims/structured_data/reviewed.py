"""Which claims a verification is the finding on: those it is about, and what repeats them."""

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery

from claims.models import Appearance, Claim, Coverage, Standing, Verification

LOOKED_AT, TOLD = 100, 50  # claims
REPORTS = 30  # of a claim

# Its claims, and what repeats one of them, directly or through others, the nearest first.
REACHED = """
WITH RECURSIVE reached(id) AS (
  SELECT claim_id FROM claims_verification_claims WHERE verification_id = %s
  UNION
  SELECT link.claim_id + link.earlier_id - reached.id
    FROM reached
    JOIN claims_link link ON reached.id IN (link.claim_id, link.earlier_id)
     AND link.kind = 'repeats' AND link.status = 'accepted'
)
SELECT id FROM reached LIMIT %s
"""


def reviewed_claims(verification: Verification) -> list[Claim]:
    """Published claims with all that is told of each, those of the verification itself first;
    ``shown_appearances`` are their latest."""
    with connection.cursor() as cursor:
        cursor.execute(REACHED, [verification.pk, LOOKED_AT])
        reached = [pk for (pk,) in cursor]
    own = Exists(Coverage.objects.filter(verification=verification, claim=OuterRef("pk")))
    # In a place where it is asked of one row at a time.
    finding = Subquery(Standing.objects.filter(claim=OuterRef("pk")).values("verification"))
    appearances = (
        Appearance.objects.order_by("-id")
        .select_related("sentence__snapshot__document__publisher")
        .defer("sentence__snapshot__text", "sentence__snapshot__original")
    )
    claims = (
        Claim.objects.published()
        .filter(pk__in=reached)
        .alias(own=own, finding=finding)
        .filter(Q(own=True) | Q(finding=verification.pk))
        .order_by("-own", "id")
        .with_source()
        .select_related("forecast")
        .prefetch_related(
            "speaker__positions",
            Prefetch("appearances", appearances[:REPORTS], to_attr="shown_appearances"),
        )
    )
    return list(claims[:TOLD])
