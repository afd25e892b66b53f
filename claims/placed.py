"""Where claims stand in a text."""

from claims.models import Appearance, Claim
from claims.models.claim import ClaimQuerySet
from sources.models import Snapshot

Placed = tuple[Claim, list[tuple[int, int]]]


def in_snapshot(claims: ClaimQuerySet, snapshot: Snapshot, most: int | None = None) -> list[Placed]:
    """Those of ``claims`` that are in a snapshot or appear there, with their spans, in their
    order; the first ones only if there are more than ``most``."""
    appearances = Appearance.objects.filter(sentence__snapshot=snapshot).exclude(content=[])
    appearing = dict(appearances.order_by("content", "id").values_list("claim", "content")[:most])
    found = [*claims.filter(sentence__snapshot=snapshot).order_by("content", "id")[:most]]
    if appearing:
        found += claims.filter(pk__in=appearing)
    placed = (
        (claim, [(span.lower, span.upper) for span in appearing.get(claim.pk, claim.content)])
        for claim in found
    )
    return sorted(placed, key=lambda found: (found[1], found[0].pk))[:most]
