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
    if value == Standing.Value.UNVERIFIED:
        return _standing(claims, Q(value=value))
    return _having(_standing(claims, Q(value=value)), _sources(value), _ratings(value))


def based_on(claims: QuerySet[Claim], basis: str) -> QuerySet[Claim]:
    """Of ``claims``, those whose standing follows from that."""
    standing = _standing(claims, Q(basis=basis))
    forecasts = Forecast.objects.order_by()
    match basis:
        case Standing.Basis.OUTCOME:
            return _having(standing, [forecasts.exclude(outcome="")], [])
        case Standing.Basis.FORECAST:
            return _having(standing, [forecasts.filter(outcome="")], [])
        case Standing.Basis.DEVELOPMENT:
            return _having(standing, [_effects(kind__in=Effect.Kind.settling())], [])
        case Standing.Basis.WITHDRAWAL:
            return _having(standing, [_covered(withdrawal__isnull=False)], [])
        case Standing.Basis.VERIFICATION:
            return _having(standing, [], list(Rating.objects.values_list("pk", flat=True)))
    return standing


def rated(claims: QuerySet[Claim], value: str) -> QuerySet[Claim]:
    """Of ``claims``, those whose verification in force has that rating, whatever came after it."""
    rated = Q(verification__rating__value=value, verification__withdrawal__isnull=True)
    return _having(_standing(claims, rated), [], _ratings(value))


def standing_labels() -> dict[str, str]:
    """Where a claim may stand, in words: nothing yet, the ratings as they are called today,
    outcomes, what developments did."""
    first = Standing.Value.UNVERIFIED
    labels = {first.value: first.label}
    for rating in Rating.objects.order_by("scale", "position"):
        labels[rating.value] = rating.label
    return labels | dict(Forecast.Outcome.choices + Standing.Value.choices)


def _standing(claims: QuerySet[Claim], such: Q) -> QuerySet[Claim]:
    standing = Standing.objects.filter(claim=OuterRef("pk"))
    # In a place where it is asked of one row at a time; as a truth, which the planner expects of
    # every other row, not as a word, which it expects of one in two hundred.
    there = ExpressionWrapper(such, BooleanField())
    return claims.filter(Subquery(standing.values(there=there)))


def _having(
    claims: QuerySet[Claim], sources: list[QuerySet], ratings: list[int]
) -> QuerySet[Claim]:
    """Of ``claims``, those with one of the ``sources``, or a verification with such a rating."""
    few = _candidates(sources, ratings)
    return claims.filter(_has_one(sources, ratings) if few is None else Q(pk__in=few))


def _candidates(sources: list[QuerySet], ratings: list[int]) -> set[int] | None:
    """The claims that have; None if they are many."""
    found: set[int] = set()
    for rows in sources:
        found.update(rows.values_list("claim", flat=True)[: FEW + 1])
    if ratings:
        with connection.cursor() as cursor:
            cursor.execute(REACHED, [ratings, FEW + 1])
            found.update(pk for (pk,) in cursor)
    return found if len(found) <= FEW else None


def _has_one(sources: list[QuerySet], ratings: list[int]) -> Q:
    """The same as a condition on one claim."""
    takes = Q()
    for rows in sources:
        takes |= Q(Exists(rows.filter(claim=OuterRef("pk"))))
    if ratings:
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
        sources.append(_effects(kind=kind))
    return sources


def _effects(**which) -> QuerySet[Effect]:
    return Effect.objects.filter(status=Proposal.Status.ACCEPTED, **which).order_by()


def _ratings(value: str) -> list[int]:
    return list(Rating.objects.filter(value=value).values_list("pk", flat=True))


def _covered(**which) -> QuerySet[Coverage]:
    which = {f"verification__{name}": wanted for name, wanted in which.items()}
    return Coverage.objects.filter(verification__status=Verification.Status.PUBLISHED, **which)
