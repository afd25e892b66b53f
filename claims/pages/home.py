"""The first page: what was verified, what is being checked, what changed, what is due."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import render

from claims.lately import changes
from claims.models import Claim, Coverage, Forecast, Verification
from claims.models.claim import with_claim
from claims.pages.shown import day_of, in_brief

STORIES = 5
CHECKED = 6
CHANGES = 8
DUE = 4
LATEST = 6


@dataclass(frozen=True)
class Story:
    """A claim, with its verification if that is what it is there for; ``others``: more claims
    have the same verification."""

    claim: Claim
    verification: Verification | None = None
    others: bool = False


def home(request):
    verified, checked = _verified(), _being_checked()
    latest = _latest({*verified, *checked})
    claims = in_brief().in_bulk({*verified, *checked, *latest})
    due = Forecast.objects.due(day_of(request)).order_by("-due_on__end", "-id")
    soon = Forecast.objects.open().filter(due_on__end__gt=day_of(request))
    context = {
        "stories": [
            Story(claims[pk], row, len(row.first_claims) > 1)
            for pk, row in verified.items()
            if pk in claims
        ],
        "checked": [claims[pk] for pk in checked if pk in claims],
        "latest": [Story(claims[pk]) for pk in latest if pk in claims],
        "changes": changes(CHANGES),
        "due": _with_claims(due),
        "soon": _with_claims(soon),
    }
    return render(request, "claims/home.html", context)


def _verified() -> dict[int, Verification]:
    """The latest findings in force, by the first claim of each."""
    in_force = Verification.objects.in_force()
    rows = in_force.with_first_claims()[:STORIES]
    return {row.first_claims[0]: row for row in rows if row.first_claims}


def _with_claims(forecasts: QuerySet[Forecast]) -> QuerySet[Forecast]:
    return with_claim(forecasts, "claim")[:DUE]


def _being_checked() -> list[int]:
    """Claims whose verification is being written. Nothing else is told of what is a draft."""
    written = Verification.objects.open().order_by()
    covered = Coverage.objects.filter(
        verification__in=written, claim__in=Claim.objects.published()
    ).order_by("-verification_id", "claim_id")
    # Two may be about the same claim.
    return list(dict.fromkeys(covered.values_list("claim", flat=True)[: 2 * CHECKED]))[:CHECKED]


def _latest(told: set[int]) -> list[int]:
    """Claims that were let in last, but for those the page tells already."""
    latest = Claim.objects.published().latest().values_list("pk", flat=True)
    return [pk for pk in latest[: LATEST + len(told)] if pk not in told][:LATEST]
