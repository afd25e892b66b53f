"""Which claims of the record may have to do with some: those they share rare words with."""

from collections.abc import Sequence

from claims.models import Claim
from claims.retrieval import retrieve

MOST = 30  # for each: these are compared


def near(claims: Sequence[Claim]) -> dict[int, list[int]]:
    """The ids of accepted claims and candidates near each, the nearest first, by its id."""
    among = Claim.objects.filter(status__in=[Claim.Status.ACCEPTED, Claim.Status.CANDIDATE])
    retrieved = retrieve([claim.text for claim in claims], among, MOST + 1)
    return {
        claim.pk: [found.claim for found in near.claims if found.claim != claim.pk][:MOST]
        for claim, near in zip(claims, retrieved, strict=True)
    }
