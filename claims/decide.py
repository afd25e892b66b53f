"""What an editor decides: claims let in or kept out, proposals accepted or refused."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.acts import act
from claims.models import (
    Claim,
    Development,
    Effect,
    Hold,
    Link,
    Proposal,
    ProposedEvidence,
    Verification,
)
from claims.models.claim import ClaimQuerySet
from claims.models.proposal import ProposalQuerySet
from sources.history import RecordClock

DECIDES = {
    Development: "claims.decide_development",
    Effect: "claims.decide_development",
    Link: "claims.change_link",
    ProposedEvidence: "claims.change_proposedevidence",
}


def accept(claims: ClaimQuerySet, editor: AbstractBaseUser) -> int:
    """Let claims in; returns how many changed. Those already in stay as they were decided."""
    status, permission = Claim.Status.ACCEPTED, "claims.decide_claim"
    return _decide(_undecided(claims), status, editor, permission, rejected_because="")


def reject(
    claims: ClaimQuerySet, editor: AbstractBaseUser, reason: str = "", because: str = ""
) -> int:
    """Keep claims out; returns how many changed. Those with a published verification stay in.

    ``because`` is a Claim.RejectedBecause, ``reason`` says it in words.
    """
    verified = Verification.objects.published().order_by().values("claims")
    rows = _undecided(claims).exclude(pk__in=verified)
    status, permission = Claim.Status.REJECTED, "claims.decide_claim"
    return _decide(rows, status, editor, permission, reason, rejected_because=because)


def to_ask(claim: Claim) -> str:
    """What is asked before a claim is let in, which makes it public; empty if nothing is."""
    if claim.narrated or claim.speaker_id:
        return ""
    if claim.possible_speakers.all():
        return _("Several may have said it: who did?")
    return _("Somebody said it, but nobody is named: who did?")


@dataclass
class Decided:
    """What became of several candidates: those decided, and why each of the others was not."""

    done: list[Claim] = field(default_factory=list)
    left: list[tuple[Claim, str]] = field(default_factory=list)


def accept_each(claims: Collection[int], editor: AbstractBaseUser) -> Decided:
    """Let in those candidates that nobody else holds and of which nothing has to be asked."""
    with transaction.atomic():
        found = _open(claims, editor)
        for claim in [*found.done]:
            if question := to_ask(claim):
                found.done.remove(claim)
                found.left.append((claim, question))
        accept(_rows(found), editor)
    return found


def reject_each(
    claims: Collection[int], editor: AbstractBaseUser, because: str, reason: str = ""
) -> Decided:
    """Keep out those candidates that nobody else holds."""
    with transaction.atomic():
        found = _open(claims, editor)
        reject(_rows(found), editor, reason, because)
    return found


def _open(claims: Collection[int], editor: AbstractBaseUser) -> Decided:
    """Those that ``editor`` can decide on now; nobody else does until the transaction ends."""
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=claims)
    found = Decided()
    holds = Hold.objects.standing().exclude(editor=editor).filter(claim__in=claims)
    others = {hold.claim_id: hold.editor for hold in holds.select_related("editor")}
    candidates = rows.order_by("pk").prefetch_related("possible_speakers")
    for claim in sorted(candidates, key=lambda claim: (-claim.check_worthiness, -claim.pk)):
        if claim.status != Claim.Status.CANDIDATE:
            why = _("It was decided already: %(status)s.") % {"status": claim.get_status_display()}
            found.left.append((claim, why))
        elif claim.pk in others:
            why = _("%(editor)s is at it.") % {"editor": others[claim.pk]}
            found.left.append((claim, why))
        else:
            found.done.append(claim)
    return found


def _rows(found: Decided) -> ClaimQuerySet:
    return Claim.objects.filter(pk__in=[claim.pk for claim in found.done])


def _undecided(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Not those that became part of another."""
    return claims.exclude(status=Claim.Status.MERGED)


def accept_proposals(proposals: ProposalQuerySet, editor: AbstractBaseUser) -> int:
    """Let developments, effects or links in; returns how many changed."""
    return _decide(proposals, Proposal.Status.ACCEPTED, editor, DECIDES[proposals.model])


def refuse_proposals(
    proposals: ProposalQuerySet, editor: AbstractBaseUser, reason: str = ""
) -> int:
    """Keep developments, effects or links out, for good; returns how many changed."""
    return _decide(proposals, Proposal.Status.REFUSED, editor, DECIDES[proposals.model], reason)


def _decide(
    rows: QuerySet,
    status: str,
    editor: AbstractBaseUser,
    permission: str,
    reason: str = "",
    **columns: str,
) -> int:
    with act(editor, permission, reason):
        return rows.exclude(status=status).update(
            status=status, decided_by=editor, decided_at=RecordClock(), **columns
        )
