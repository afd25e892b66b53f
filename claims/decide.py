"""What an editor decides about claims: several rows at once, or none."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from claims.models import Claim, Verification
from claims.models.claim import ClaimQuerySet


def accept(claims: ClaimQuerySet, editor: AbstractBaseUser) -> int:
    """Let claims in; returns how many changed. Those already in stay as they were decided."""
    return _decide(claims, Claim.Status.ACCEPTED, editor)


def reject(claims: ClaimQuerySet, editor: AbstractBaseUser) -> int:
    """Keep claims out; returns how many changed. Those with a published verification stay in."""
    verified = Verification.objects.published().order_by().values("claims")
    return _decide(claims.exclude(pk__in=verified), Claim.Status.REJECTED, editor)


def _decide(claims: ClaimQuerySet, status: str, editor: AbstractBaseUser) -> int:
    return claims.exclude(status=status).update(
        status=status, decided_by=editor, decided_at=timezone.now()
    )
