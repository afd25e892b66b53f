"""What an editor decides: claims let in or kept out, proposals accepted or refused."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from claims.acts import act
from claims.models import Claim, Development, Effect, Link, Proposal, Verification
from claims.models.claim import ClaimQuerySet
from claims.models.proposal import ProposalQuerySet
from sources.history import RecordClock

DECIDES = {
    Development: "claims.decide_development",
    Effect: "claims.decide_development",
    Link: "claims.change_link",
}


def accept(claims: ClaimQuerySet, editor: AbstractBaseUser) -> int:
    """Let claims in; returns how many changed. Those already in stay as they were decided."""
    return _decide(_undecided(claims), Claim.Status.ACCEPTED, editor, "claims.decide_claim")


def reject(claims: ClaimQuerySet, editor: AbstractBaseUser, reason: str = "") -> int:
    """Keep claims out; returns how many changed. Those with a published verification stay in."""
    verified = Verification.objects.published().order_by().values("claims")
    rows = _undecided(claims).exclude(pk__in=verified)
    return _decide(rows, Claim.Status.REJECTED, editor, "claims.decide_claim", reason)


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
    rows: QuerySet, status: str, editor: AbstractBaseUser, permission: str, reason: str = ""
) -> int:
    with act(editor, permission, reason):
        return rows.exclude(status=status).update(
            status=status, decided_by=editor, decided_at=RecordClock()
        )
