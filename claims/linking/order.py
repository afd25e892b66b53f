"""Which of two claims is the later one."""

from claims.models import Claim


def in_order(one: Claim, other: Claim) -> tuple[Claim, Claim]:
    """The later and the earlier of two, as they were said, or else published; what is undated is
    the latest. Of the same day, ``one`` is taken for the later."""
    return (other, one) if _day(one) < _day(other) else (one, other)


def by_day(claim: Claim) -> tuple[str, int]:
    """What to sort claims by: the earliest first, of one day as they were recorded."""
    return _day(claim), claim.pk


def _day(claim: Claim) -> str:
    dated = claim.said_on or claim.document.published_on
    return dated.isoformat() if dated else "~"
