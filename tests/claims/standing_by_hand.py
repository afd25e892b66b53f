"""Where a claim stands, worked out slowly and plainly: what the view must agree with."""

from django.db import connection
from django.utils import timezone

from claims.models import Claim, Effect, Forecast, Link, Verification

VALUES = {
    "confirms": "confirmed",
    "contradicts": "contradicted",
    "fulfils": "fulfilled",
    "partly_fulfils": "partly_fulfilled",
    "breaks": "broken",
    "overtakes": "overtaken",
    "retracts": "retracted",
}


def standing(claim: Claim) -> tuple[str, str]:
    """(basis, value)."""
    forecast = Forecast.objects.filter(claim=claim).first()
    if forecast and forecast.outcome:
        return "outcome", forecast.outcome
    verification = _in_force(claim)
    withdrawn = verification is not None and _withdrawn(verification)
    since = None
    if verification and not withdrawn:
        since = timezone.localdate(verification.published_at)
    if effect := _deciding(claim, since):
        return "development", VALUES[effect.kind]
    if withdrawn:
        return "withdrawal", "withdrawn"
    if verification:
        return "verification", verification.rating.value
    if forecast:
        due = forecast.due_on.end <= today()
        return "forecast", "due" if due else "open"
    return "none", "unverified"


def today():
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_today()")
        return cursor.fetchone()[0]


def latest(claim: Claim) -> list[Verification]:
    """The published verifications of a claim that no published one supersedes."""
    published = [v for v in claim.verifications.all() if v.status == "published"]
    superseded = {v.predecessor_id for v in Verification.objects.all() if v.status == "published"}
    return [v for v in published if v.pk not in superseded]


def _in_force(claim: Claim) -> Verification | None:
    if own := latest(claim):
        return own[0]
    found = [
        verification
        for other in _repeats(claim)
        for verification in latest(other)
        if not _withdrawn(verification)
    ]
    return max(
        found, key=lambda verification: (verification.published_at, verification.pk), default=None
    )


def _repeats(claim: Claim) -> list[Claim]:
    """Every accepted claim that confirmed repeats lead to, from one to the next."""
    reached = [claim]
    for here in reached:
        if here != claim and latest(here):
            continue
        for link in Link.objects.filter(kind="repeats", status="accepted"):
            ends = [link.claim, link.earlier]
            if here in ends:
                ends.remove(here)
                if ends[0].status == "accepted" and ends[0] not in reached:
                    reached.append(ends[0])
    return reached[1:]


def _withdrawn(verification: Verification) -> bool:
    return hasattr(verification, "withdrawal")


def _deciding(claim: Claim, since) -> Effect | None:
    found = []
    for effect in Effect.objects.filter(claim=claim, status="accepted"):
        development = effect.development
        public = development.status == "accepted" and (
            development.claim is None or development.claim.status == "accepted"
        )
        later = since is None or development.occurred_on.first > since
        happened = development.occurred_on.first <= today()
        if public and later and happened and effect.kind in VALUES:
            when = development.occurred_on
            found.append(((when.first, when.end, effect.pk), effect))
    return max(found)[1] if found else None
