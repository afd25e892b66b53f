"""The id each row has in the API: an expression of the row that a path leads to, null without one.

Most rows have a public id. Others are named by what they belong to, so that nothing has to be kept
for it: what that is never changes.
"""

from django.db.models import Count, Expression, F, OuterRef, Subquery, Value
from django.db.models.functions import Left

from claims.api.sql import AsText, Joined
from claims.models import Evidence

DIGITS = 8  # of the SHA-256 of a snapshot, in the ids of its sentences


def public_id(at: str) -> F:
    """ "k7m2p9x3qd"."""
    return F(f"{at}public_id")


def forecast_id(at: str) -> F:
    """That of its claim."""
    return F(f"{at}claim__public_id")


def correction_id(at: str) -> Expression:
    """Its number in the register."""
    return AsText(F(f"{at}pk"))


def rating_id(at: str) -> Expression:
    """ "1-false": the version of the scale and the value."""
    return Joined(AsText(F(f"{at}scale__version")), Value("-"), F(f"{at}value"))


def sentence_id(at: str) -> Expression:
    """ "k7m2p9x3qd-1f3a09bc-12": document, first digits of the snapshot's digest, position."""
    return Joined(
        F(f"{at}snapshot__document__public_id"),
        Value("-"),
        Left(f"{at}snapshot__sha256", DIGITS),
        Value("-"),
        AsText(F(f"{at}position")),
    )


def evidence_id(at: str) -> Expression:
    """ "k7m2p9x3qd-2": the second piece of evidence of that verification."""
    until = Evidence.objects.filter(
        verification=OuterRef(f"{at}verification"), pk__lte=OuterRef(f"{at}pk")
    )
    counted = until.order_by().values("verification").annotate(place=Count("pk")).values("place")
    return Joined(F(f"{at}verification__public_id"), Value("-"), AsText(Subquery(counted)))
