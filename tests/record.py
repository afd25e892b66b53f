"""What takes several steps to stand in the record, for tests."""

from claims.models import Claim, Verification
from claims.publish import publish, submit, succeed, withdraw
from sources.history import record_clock
from tests.factories import NOON, EvidenceFactory, UserFactory, VerificationFactory


def verify(*claims: Claim, at=NOON, evidence=({},), **fields) -> Verification:
    """A verification of ``claims`` published at that time, with such pieces of evidence."""
    with record_clock(at):
        draft = VerificationFactory(claims=claims, **fields)
        for piece in evidence:
            EvidenceFactory(verification=draft, **piece)
        return _published(draft)


def supersede(verification: Verification, at=NOON, **changes) -> Verification:
    """A successor with these changes, published at that time."""
    with record_clock(at):
        draft = succeed(verification, UserFactory())
        for name, value in changes.items():
            setattr(draft, name, value)
        draft.save()
        return _published(draft)


def withdrawn(verification: Verification, reason: str, at=NOON) -> Verification:
    """The verification, withdrawn at that time."""
    with record_clock(at):
        withdraw(verification, UserFactory(role="chief"), reason)
    return verification


def _published(draft: Verification) -> Verification:
    submit(draft, draft.author)
    publish(draft, UserFactory())
    return draft
