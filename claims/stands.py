"""Which claims stand where, found without deriving the standing of every claim there is.

The view derives one (claims/sql/standing.sql). What a claim needs to stand somewhere at all is
looked up first: a verification with that rating, an effect of that kind. Where few have it, those
are asked; where many do, claims are asked in the order of the list, until enough are found.
"""

from django.db import connection
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from claims.models import (
    Claim,
    Coverage,
    Effect,
    Forecast,
    Link,
    Proposal,
    Rating,
    Standing,
    Verification,
)

FEW = 5000

# The claims in a published verification with one of the ratings, and those that repeat them.
REACHED = """
WITH RECURSIVE reached(id) AS (
  SELECT coverage.claim_id
    FROM claims_verification_claims coverage
    JOIN claims_verification verification ON verification.id = coverage.verification_id
   WHERE verification.status = 'published' AND verification.rating_id = ANY(%s)
  UNION
  SELECT link.claim_id + link.earlier_id - reached.id
    FROM reached
    JOIN claims_link link ON reached.id IN (link.claim_id, link.earlier_id)
     AND link.kind = 'repeats' AND link.status = 'accepted'
)
SELECT id FROM reached LIMIT %s
"""


def standing_at(claims: QuerySet[Claim], value: str) -> QuerySet[Claim]:
    """Of ``claims``, those whose standing has that value."""
    standing = Standing.objects.filter(claim=OuterRef("pk"))
    # In a place where it is asked of one row at a time; as a truth, which the planner expects of
    # every other row, not as a word, which it expects of one in two hundred.
    there = ExpressionWrapper(Q(value=value), BooleanField())
    claims = claims.filter(Subquery(standing.values(there=there)))
    if value == Standing.Value.UNVERIFIED:
        return claims
    few = _candidates(value)
    return claims.filter(_has_what_it_takes(value) if few is None else Q(pk__in=few))


def standing_labels() -> dict[str, str]:
    """Where a claim may stand, in words: nothing yet, the ratings as they are called today,
    outcomes, what developments did."""
    first = Standing.Value.UNVERIFIED
    labels = {first.value: first.label}
    for rating in Rating.objects.order_by("scale", "position"):
        labels[rating.value] = rating.label
    return labels | dict(Forecast.Outcome.choices + Standing.Value.choices)


def _candidates(value: str) -> set[int] | None:
    """The claims that may stand there; None if they are many."""
    found: set[int] = set()
    for rows in _sources(value):
        found.update(rows.values_list("claim", flat=True)[: FEW + 1])
    if ratings := _ratings(value):
        with connection.cursor() as cursor:
            cursor.execute(REACHED, [ratings, FEW + 1])
            found.update(pk for (pk,) in cursor)
    return found if len(found) <= FEW else None


def _has_what_it_takes(value: str) -> Q:
    """The same as a condition on one claim."""
    takes = Q()
    for rows in _sources(value):
        takes |= Q(Exists(rows.filter(claim=OuterRef("pk"))))
    if ratings := _ratings(value):
        takes |= Q(Exists(_covered(rating__in=ratings).filter(claim=OuterRef("pk"))))
        repeats = Link.objects.order_by().filter(
            kind=Link.Kind.REPEATS, status=Proposal.Status.ACCEPTED
        )
        for end in ("claim", "earlier"):
            takes |= Q(Exists(repeats.filter(**{end: OuterRef("pk")})))
    return takes


def _sources(value: str) -> list[QuerySet]:
    """Rows with a ``claim`` that give it that value, but for ratings."""
    forecasts, sources = Forecast.objects.order_by(), []
    if value in Forecast.Outcome:
        sources.append(forecasts.filter(outcome=value))
    if value in (Standing.Value.OPEN, Standing.Value.DUE):
        sources.append(forecasts.filter(outcome=""))
    if value == Standing.Value.WITHDRAWN:
        sources.append(_covered(withdrawal__isnull=False))
    kinds = {getattr(Standing.Value, kind.name, None): kind for kind in Effect.Kind}
    if kind := kinds.get(value):
        sources.append(Effect.objects.filter(kind=kind, status=Proposal.Status.ACCEPTED).order_by())
    return sources


def _ratings(value: str) -> list[int]:
    return list(Rating.objects.filter(value=value).values_list("pk", flat=True))


def _covered(**which) -> QuerySet[Coverage]:
    which = {f"verification__{name}": wanted for name, wanted in which.items()}
    return Coverage.objects.filter(verification__status=Verification.Status.PUBLISHED, **which)
