"""The life of a verification: reviewed, published, superseded, withdrawn; each step or nothing."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection

from claims.acts import act
from claims.gates import GATES
from claims.models import Coverage, Recheck, Verification, Withdrawal
from claims.protected import copy_source
from sources.history import RecordClock

WRITE = "claims.change_verification"
PUBLISH = "claims.publish_verification"


def submit(verification: Verification, by: AbstractBaseUser) -> None:
    """Ask for a second editor; raises Closed if it is published."""
    _become(verification, Verification.Status.IN_REVIEW, by, WRITE)


def send_back(verification: Verification, by: AbstractBaseUser, reason: str) -> None:
    """Back to its author, with the reason; raises Closed if it is published."""
    _become(verification, Verification.Status.DRAFT, by, PUBLISH, reason)


def publish(verification: Verification, by: AbstractBaseUser) -> None:
    """Make public what is in review; raises Closed, naming what stands in the way."""
    published = {"approved_by": by, "published_at": RecordClock()}
    _become(verification, Verification.Status.PUBLISHED, by, PUBLISH, **published)


def _become(verification, status, by, permission, reason="", **values) -> None:
    with act(by, permission, reason):
        # An update rather than a save: what somebody else wrote meanwhile is not overwritten.
        Verification.objects.filter(pk=verification.pk).update(status=status, **values)
    verification.refresh_from_db()


def missing(verification: Verification) -> list[str]:
    """What a verification still lacks to be published, in the interface's language."""
    return [str(GATES[name]) for name in breaches(verification)]


def breaches(verification: Verification) -> list[str]:
    """The gates (claims/gates.py) that stand in the way of publishing it, by their names."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verification_breaches(v) FROM claims_verification v WHERE id = %s",
            [verification.pk],
        )
        return [name for (name,) in cursor.fetchall()]


def succeed(verification: Verification, by: AbstractBaseUser) -> Verification:
    """A draft to take the place of a published verification: the same, to be changed."""
    with act(by, WRITE):
        successor = Verification.objects.create(
            predecessor=verification,
            rating=verification.rating,
            summary=verification.summary,
            explanation=verification.explanation,
            review_by=verification.review_by,
            author=by,
        )
        Coverage.objects.bulk_create(
            Coverage(verification=successor, claim_id=covered.claim_id)
            for covered in verification.coverage.all()
        )
        for piece in verification.evidence.all():
            original, piece.pk, piece._state.adding = piece.pk, None, True
            piece.verification = successor
            piece.save()
            if piece.protected:
                copy_source(original, piece.pk)
    return successor


def still_holds(
    verification: Verification, review_by: date, note: str, by: AbstractBaseUser
) -> Recheck:
    """It was looked at again and stands as it is, until ``review_by`` at least.

    Raises Closed if it is not in force, or if that day has come already.
    """
    with act(by, "claims.add_recheck", note):
        return Recheck.objects.create(
            verification=verification, review_by=review_by, note=note, made_by=by
        )


def withdraw(verification: Verification, by: AbstractBaseUser, reason: str) -> Withdrawal:
    """It no longer stands; its page remains and says why. Raises Closed if it is not published."""
    with act(by, "claims.withdraw_verification", reason):
        return Withdrawal.objects.create(verification=verification, reason=reason, withdrawn_by=by)
