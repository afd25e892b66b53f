"""The order of claims that have the words of a query."""

from django.db import models
from django.db.models import DateField, F, FloatField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from sources.search import relevance

CHECKED = 1.5  # times what another claim is worth


class Freshness(models.Func):
    """Half as much for every ten years a day is past. Between two claims the ratio stays, whenever
    it is asked: their order never changes by itself."""

    template = "power(2.0::float8, ((%(expressions)s - date '2000-01-01') / 3652.5)::float8)"
    output_field = FloatField()


def _times() -> Coalesce:
    from claims.models.verification import Coverage, Verification

    published = Verification.Status.PUBLISHED
    covered = Coverage.objects.filter(claim=OuterRef("pk"), verification__status=published)
    # Looked up for each: whether there is one, the planner would ask of all there are at once.
    checked = Subquery(covered.values(times=Value(CHECKED, FloatField()))[:1])
    return Coalesce(checked, 1.0)


def worth(text: str) -> models.Expression:
    """What a claim is worth as an answer to the query ``text``: by how well its words match, how
    long ago it was said (or found, where nobody knows), and whether it was checked."""
    day = Coalesce(F("said_on__first"), Cast("found_at", DateField()))
    return relevance(text) * Freshness(day) * _times()
