"""Which of two claims is the later one."""

from claims.models import Claim


def in_order(one: Claim, other: Claim) -> tuple[Claim, Claim]:
    """The later and the earlier of two: as they were said, or else published, or else recorded;
    what is undated counts as the latest."""
    earlier, later = sorted((one, other), key=by_day)
    return later, earlier


def by_day(claim: Claim) -> tuple[str, int]:
    """What to sort claims by."""
    dated = claim.said_on or claim.document.published_on
    return dated.isoformat() if dated else "~", claim.pk
