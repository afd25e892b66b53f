"""What was public and is no longer, by its history: of nothing else is it said that it exists.

A row was public while a version of it was; where that takes a second row (the claim a development
rests on, or one that appears in a document), while one of that was too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Model, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from claims import documents
from claims.models import Appearance, Claim, Development, Speaker
from sources.latest import PAST
from sources.models import Document

MOST = 1000  # versions, the latest, from which it is told until when something was public
RECORDED = Q(pgh_recorded_at__lte=Coalesce(PAST, F("pgh_recorded_at")))
ACCEPTED = "accepted"


@dataclass(frozen=True)
class Gone:
    """A row that was public until ``since``."""

    row: Model
    since: datetime


@dataclass(frozen=True)
class Period:
    """How long a version of a row stood; ``until`` is None if it still does. ``of`` is a row."""

    of: int
    begun: datetime
    until: datetime | None


def gone(model: type[Model], public_id: str) -> Gone | None:
    """The row of that public id if it was public once and is not now (or, inside ``as_of``, at
    that time); None for what is public, what never was, and what is not there at all."""
    if model not in KINDS:
        return None  # What is published stays: a verification is superseded or withdrawn.
    public, was_public = KINDS[model]
    row = model.objects.filter(public_id=public_id).first()
    if row is None or public().filter(pk=row.pk).exists():
        return None
    ends = [period.until for period in was_public(row.pk) if period.until]
    return Gone(row, max(ends)) if ends else None


def _periods(model: type[Model], of: str = "id", **which) -> list[Period]:
    """How long ``which`` versions of rows of ``model`` stood, the latest first."""
    events = model.pgh_event_model.objects.filter(RECORDED)
    next_one = events.filter(id=OuterRef("id"), pgh_id__gt=OuterRef("pgh_id")).order_by("pgh_id")
    versions = (
        events.filter(**which)
        .exclude(pgh_label="delete")
        .annotate(until=Subquery(next_one.values("pgh_recorded_at")[:1]))
        .order_by("-pgh_id")
    )
    return [Period(*row) for row in versions.values_list(of, "pgh_recorded_at", "until")[:MOST]]


def _claim(pk: int) -> list[Period]:
    return _periods(Claim, id=pk, status=ACCEPTED)


def _speaker(pk: int) -> list[Period]:
    return _periods(Claim, speaker=pk, status=ACCEPTED)


def _development(pk: int) -> list[Period]:
    accepted = {"id": pk, "status": ACCEPTED}
    resting = _periods(Development, "claim_id", claim__isnull=False, **accepted)
    return _periods(Development, document__isnull=False, **accepted) + _while_accepted(resting)


def _document(pk: int) -> list[Period]:
    # Nothing a published verification cites is here: that stays, and so does its document.
    reporting = _periods(Appearance, "claim_id", sentence__snapshot__document=pk)
    return (
        _periods(Claim, sentence__snapshot__document=pk, status=ACCEPTED)
        + _periods(Development, document=pk, status=ACCEPTED)
        + _while_accepted(reporting)
    )


def _while_accepted(periods: list[Period]) -> list[Period]:
    """The parts of ``periods`` in which the claims they are of were accepted."""
    if not periods:
        return []
    accepted = _periods(Claim, id__in={period.of for period in periods}, status=ACCEPTED)
    found = []
    for period in periods:
        for other in accepted:
            begun = max(period.begun, other.begun)
            ends = [end for end in (period.until, other.until) if end]
            until = min(ends, default=None)
            if period.of == other.of and (until is None or begun < until):
                found.append(Period(period.of, begun, until))
    return found


KINDS: dict[type[Model], tuple[Callable, Callable[[int], list[Period]]]] = {
    Claim: (Claim.objects.published, _claim),
    Development: (Development.objects.accepted, _development),
    Document: (documents.published, _document),
    Speaker: (Speaker.objects.published, _speaker),
}
