"""Take back what an editor decided of candidates: the last act of theirs, wholly.

What an act changed is known from the history the database keeps: the events of its context.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.acts import act
from claims.merge import undo
from claims.models import (
    Claim,
    ClaimMerge,
    Correction,
    Effect,
    Link,
    Proposal,
    Verification,
)
from sources.history import RecordClock

# What a decision is, of all that a claim says: what was typed before it stays.
DECISION = ["status", "decided_by_id", "decided_at", "rejected_because", "split_from_id"]
REACH = 50  # decisions that stay: nothing before them is undone


class NothingToTakeBack(Exception):
    """Why nothing was taken back, in the interface's language."""


@dataclass
class TakenBack:
    """The claims that are as before, the best first, and why each of the others is not."""

    claims: list[Claim] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def take_back(by: AbstractBaseUser, today: datetime | None = None) -> TakenBack:
    """Undo the last decision ``by`` made since the day ``today`` falls on began.

    What was decided is a candidate again, or what it was before; parts that a split made are
    rejected, a link goes, a merge is undone. Left alone is what something published rests on and
    what somebody else decided since. Raises NothingToTakeBack.
    """
    with act(by, "claims.decide_claim", _("Undone.")):
        taken = TakenBack()
        for last in Claim.objects.decided_by(by, midnight(today))[:REACH]:
            _take_back(last, by, taken)
            if taken.claims:
                break
        else:
            nothing = _("You decided nothing today that could be undone.")
            raise NothingToTakeBack(" ".join(dict.fromkeys(taken.left)) or nothing)
        again = Claim.objects.filter(pk__in=[claim.pk for claim in taken.claims])
        taken.claims = list(again.order_by("-check_worthiness", "-id"))
        return taken


def _take_back(last: Claim, by: AbstractBaseUser, taken: TakenBack) -> None:
    """Undo the act in which ``last`` was decided on, if that can be."""
    versions = Claim.pgh_event_model.objects
    decided = versions.filter(id=last.pk, decided_at=last.decided_at).earliest("pgh_id")
    made = decided.pgh_context_id
    if made is None:
        taken.left.append(_("“%(claim)s” was decided outside Constat.") % {"claim": last})
        return
    merges = ClaimMerge.objects.standing().filter(act=made)
    if merge := merges.select_related("merged", "kept").first():
        taken.left += undo(merge, by, _("Undone."))
        taken.claims = [merge.merged]
    else:
        _restore(made, by, taken)


def _restore(made: UUID, by: AbstractBaseUser, taken: TakenBack) -> None:
    """Each claim of an act is decided as it was before it; what the act made is there no more."""
    before, after = _versions(Claim, made)
    links = Link.objects.filter(pk__in=_versions(Link, made)[1])
    restored, undone = defaultdict(list), []
    for claim in _rows(after, links):
        last = after[claim.pk]
        if claim.published:
            taken.left.append(_("Something published rests on “%(claim)s”.") % {"claim": claim})
        elif (claim.status, claim.decided_at) != (last.status, last.decided_at):
            taken.left.append(_("“%(claim)s” was decided anew since.") % {"claim": claim})
        elif claim.pk in before:
            restored[_decision(before[claim.pk])].append(claim.pk)
            taken.claims.append(claim)
        else:
            undone.append(claim.pk)
    for decision, claims in restored.items():
        Claim.objects.filter(pk__in=claims).update(**dict(decision))
    Claim.objects.filter(pk__in=undone).update(
        status=Claim.Status.REJECTED,
        rejected_because=Claim.RejectedBecause.UNDONE,
        decided_by=by,
        decided_at=RecordClock(),
    )
    if taken.claims:
        _restore_links(made)


def _restore_links(made: UUID) -> None:
    before, after = _versions(Link, made)
    Link.objects.filter(pk__in=after.keys() - before.keys()).delete()
    for pk, version in before.items():
        Link.objects.filter(pk=pk).update(**dict(_decision(version)))


def _versions(model: type[Model], made: UUID) -> tuple[dict, dict]:
    """The last versions of rows before an act that changed them, and its own, by the row's id.

    A row that it made has none before.
    """
    events = model.pgh_event_model.objects
    after = {version.id: version for version in events.filter(pgh_context=made).order_by("pgh_id")}
    last = max((version.pgh_id for version in after.values()), default=0)
    earlier = events.filter(id__in=after, pgh_id__lt=last).exclude(pgh_context=made)
    before = earlier.order_by("id", "-pgh_id").distinct("id")
    return {version.id: version for version in before}, after


def _rows(claims: Iterable[int], links: QuerySet[Link]) -> QuerySet[Claim]:
    """Claims, locked, each with whether anything ``published`` rests on it but those links."""
    other = Link.objects.filter(status=Proposal.Status.ACCEPTED).exclude(pk__in=links)
    resting = (
        Verification.objects.published().order_by().filter(claims=OuterRef("pk")),
        Effect.objects.accepted().order_by().filter(claim=OuterRef("pk")),
        Correction.objects.filter(claim=OuterRef("pk")),
        other.filter(Q(claim=OuterRef("pk")) | Q(earlier=OuterRef("pk"))),
    )
    published = reduce(or_, (Q(Exists(rows)) for rows in resting))
    rows = Claim.objects.filter(pk__in=claims).select_for_update(of=("self",))
    return rows.annotate(published=Case(When(published, then=True), default=False)).order_by("pk")


def _decision(version: Model) -> tuple[tuple[str, object], ...]:
    """What a version decides, by column."""
    return tuple((name, getattr(version, name)) for name in DECISION if hasattr(version, name))


def midnight(now: datetime | None = None) -> datetime:
    """When the day began, where the newsroom is."""
    now = timezone.localtime(now)
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
