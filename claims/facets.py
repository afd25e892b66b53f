"""What a query may be narrowed by, and what it is narrowed by.

The claims that were found are counted (claims/query.py: up to a bound), never the record: by where
they stand, their kind, who said them, the publisher, when they were said.
"""

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.counted import Counted
from claims.models import Claim, Standing
from claims.query import ClaimQuery
from sources.lists import BOUND
from sources.partial_date import PartialDate
from sources.prepared import preparing
from sources.search import Among

# Of each facet, so many of the most frequent; of periods, the latest.
SHOWN = 8
PERIODS = 12
PUBLISHER = "sentence__snapshot__document__publisher"


@dataclass(frozen=True)
class Choice:
    """``asked`` are the parameters with it; or, where it is taken back, without it."""

    label: str
    asked: dict[str, str | list[str]]
    counted: Counted | None = None


@dataclass(frozen=True)
class Facet:
    """``written`` says that its labels are the editors' words."""

    title: str
    choices: list[Choice]
    written: bool = False


def chosen(query: ClaimQuery) -> list[Choice]:
    """The filters of a query, to be taken back."""
    choices = [
        Choice(capfirst(label), query.without(name, value))
        for name in ("speaker", "kind", "standing", "publisher")
        for value, label in query.chosen(name).items()
    ]
    if query.period:
        choices.append(Choice(capfirst(query.period), query.without("period")))
    return choices


def facets(query: ClaimQuery, found: list[int]) -> list[Facet]:
    """What a query that ``found`` these ids may be narrowed by.

    Two queries of the database, whatever is asked.
    """
    more, found = len(found) > BOUND, found[:BOUND]
    kinds, speakers, publishers, dates = Counter(), Counter(), Counter(), Counter()
    columns = ["kind", "said_on", "speaker__public_id", "speaker__name"]
    columns += [f"{PUBLISHER}__public_id", f"{PUBLISHER}__name"]
    with preparing():
        claims = list(Claim.objects.filter(Among("pk", found)).values_list(*columns))
        standings = Standing.objects.filter(Among("claim", found)).values_list("value")
        counted = list(standings.annotate(number=Count("pk")))
    for kind, said_on, *names in claims:
        kinds[kind, Claim.Kind(kind).label] += 1
        speakers[tuple(names[:2])] += 1
        publishers[tuple(names[2:])] += 1
        dates[said_on] += 1
    stand = Counter({(value, query.standing_labels[value]): number for value, number in counted})
    each = [
        Facet(_("Standing"), _choices(query, "standing", stand, more)),
        Facet(_("Kind"), _choices(query, "kind", kinds, more)),
        Facet(_("Speaker"), _choices(query, "speaker", speakers, more), written=True),
        Facet(_("Publisher"), _choices(query, "publisher", publishers, more), written=True),
        Facet(_("Period"), _periods(query, dates, more)),
    ]
    return [facet for facet in each if facet.choices]


def _choices(query: ClaimQuery, name: str, numbers: Counter, more: bool) -> list[Choice]:
    """What is found most often, if nothing was chosen. ``numbers`` is of (value, label)."""
    if name in query.asked:
        return []
    return [
        Choice(capfirst(label), query.asked | {name: value}, Counted(number, more))
        for (value, label), number in numbers.most_common()
        if value
    ][:SHOWN]


def _periods(query: ClaimQuery, dates: Counter, more: bool) -> list[Choice]:
    """The years, or the months of the year that was chosen."""
    if query.period and not query.year:
        return []
    numbers = Counter()
    for said_on, number in dates.items():
        for period in _periods_of(said_on, query.year) if said_on else ():
            numbers[period] += number
    return [
        Choice(
            capfirst(str(period)),
            query.asked | {"from": period.isoformat(), "to": period.isoformat()},
            Counted(numbers[period], more),
        )
        for period in sorted(numbers, key=attrgetter("first"), reverse=True)[:PERIODS]
    ]


def _periods_of(said_on: PartialDate, year: PartialDate | None) -> list[PartialDate]:
    """The year it was said in, or the months of ``year`` it may have been said in."""
    if not year:
        return [PartialDate.parse(said_on.isoformat()[:4])]
    months = [PartialDate.parse(f"{year.isoformat()}-{month:02}") for month in range(1, 13)]
    return [month for month in months if month.first < said_on.end and said_on.first < month.end]
