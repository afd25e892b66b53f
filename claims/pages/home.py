"""The first page: what was verified, what is being checked, what changed, what is due."""

from dataclasses import dataclass

from django.shortcuts import render

from claims.lately import changes
from claims.models import Claim, Coverage, Forecast, Verification
from claims.pages.shown import in_brief, today

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
    first = [row.first_claims[0] for row in verified if row.first_claims]
    latest = _latest({*first, *checked})
    claims = in_brief().in_bulk({*first, *checked, *latest})
    due = Forecast.objects.due(today(request)).order_by("-due_on__end", "-id")
    soon = Forecast.objects.open().filter(due_on__end__gt=today(request))
    context = {
        "stories": [
            Story(claims[row.first_claims[0]], row, len(row.first_claims) > 1)
            for row in verified
            if row.first_claims
        ],
        "checked": [claims[pk] for pk in checked],
        "latest": [Story(claims[pk]) for pk in latest],
        "changes": changes(CHANGES),
        "due": due.select_related("claim__speaker")[:DUE],
        "soon": soon.select_related("claim__speaker")[:DUE],
    }
    return render(request, "claims/home.html", context)


def _verified() -> list[Verification]:
    in_force = Verification.objects.latest_versions().filter(withdrawal__isnull=True)
    return list(in_force.with_first_claims()[:STORIES])


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
