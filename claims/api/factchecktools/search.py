"""The claims of a page: those that have the words, or what was reviewed on a site last.

A page goes on after a place, which nothing that is added moves: how well a claim matches is its own
affair, and of claims that have come since none is looked at.
"""

from datetime import datetime

from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet, Value
from django.utils import timezone

from claims.api.factchecktools.parameters import Asked
from claims.api.factchecktools.reviews import Reviews
from claims.models import Claim
from claims.models.rank import worth
from sources.search import Typed, corrected

# Of more claims with these words, the latest are looked at; of more reviewed ones, the latest are
# ranked.
LOOKED_AT, RANKED = 20_000, 1000


class Before(Func):
    """Whether a row of values, in an index or not, is less than another."""

    template = "(%(expressions)s)"
    arg_joiner = " < "
    output_field = BooleanField()

    def __init__(self, here: list, there: list):
        super().__init__(Func(*here, function="ROW"), Func(*there, function="ROW"))


def page(asked: Asked, reviews: Reviews) -> tuple[list[Claim], list | None]:
    """The claims, and the place after which the next page begins, if there is one."""
    if asked.words:
        return _with_words(asked, reviews)
    ids, place = _of_ours(asked, reviews) if reviews.of_ours else _of_others(asked, reviews)
    rows = Claim.objects.published().with_source().in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows], place


def _cut(found: QuerySet, asked: Asked) -> tuple[list, bool]:
    """The rows of a page, and whether there are more."""
    rows = list(found[asked.offset : asked.offset + asked.size + 1])
    return rows[: asked.size], len(rows) > asked.size


def _with_words(asked: Asked, reviews: Reviews) -> tuple[list[Claim], list | None]:
    words, rank, pk, newest = asked.words, None, None, None
    if asked.place:
        words, rank, pk, newest = asked.place
    rows, more = _cut(_matching(Typed(words), reviews, rank, pk, newest), asked)
    if not rows and not asked.place and (meant := corrected(words)):
        words = f"{meant} "
        rows, more = _cut(_matching(Typed(words), reviews), asked)
    if not more:
        return rows, None
    newest = newest or Claim.objects.order_by("-pk").values_list("pk", flat=True)[:1].get()
    return rows, [words, rows[-1].rank, rows[-1].pk, newest]


def _matching(
    words: Typed,
    reviews: Reviews,
    rank: float | None = None,
    pk: int = 0,
    newest: int | None = None,
) -> QuerySet[Claim]:
    """The best first; after the one of that ``rank`` and id, of those that were there when the
    first page was asked for."""
    claims = Claim.objects.published()
    if newest:
        claims = claims.filter(pk__lte=newest)
    latest = claims.search(words).order_by("-pk").values("pk")[:LOOKED_AT]
    reviewed = Claim.objects.filter(reviews.on_claim(), pk__in=latest)
    ranked = Claim.objects.filter(pk__in=reviewed.order_by("-pk").values("pk")[:RANKED])
    ranked = ranked.annotate(rank=worth(words)).order_by("-rank", "-pk").with_source()
    if rank is not None:
        there = [Value(rank), Value(pk)]
        ranked = ranked.filter(Before([F("rank"), F("pk")], there))
    return ranked


def _of_ours(asked: Asked, reviews: Reviews) -> tuple[list[int], list | None]:
    """What we published last."""
    by = ["verification__published_at", "verification_id", "pk"]
    rows = reviews.own().order_by(*(f"-{name}" for name in by))
    if asked.place:
        moment, *ids = asked.place
        moment = datetime.fromisoformat(moment)
        there = [Value(moment), *map(Value, ids)]
        # Where the index begins to be read, and what of that moment was told.
        rows = rows.filter(verification__published_at__lte=moment)
        rows = rows.filter(Before([F(name) for name in by], there))
    found, more = _cut(rows.values_list(*by, "claim_id"), asked)
    ids = [row[-1] for row in found]
    if not more:
        return ids, None
    moment, verification, coverage, _claim = found[-1]
    return ids, [
        moment.astimezone(timezone.get_default_timezone()).isoformat(),
        verification,
        coverage,
    ]


def _of_others(asked: Asked, reviews: Reviews) -> tuple[list[int], list | None]:
    """What was read last of that site, each claim once: by the review of it read last."""
    rows = reviews.of_others()
    rows = rows.filter(~Exists(rows.filter(claim=OuterRef("claim"), pk__gt=OuterRef("pk"))))
    if asked.place:
        rows = rows.filter(pk__lt=asked.place[0])
    found, more = _cut(rows.order_by("-pk").values_list("pk", "claim_id"), asked)
    return [claim for _pk, claim in found], [found[-1][0]] if more else None
