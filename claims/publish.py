"""Publish a verification: all that is needed is there, or nothing changes."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim, Verification


class NotPublishable(Exception):
    """What is still missing, in the interface's language."""


@transaction.atomic
def publish(verification: Verification, approver: AbstractBaseUser, at: datetime) -> None:
    """Make a draft public, approved by somebody else than its author; raises NotPublishable."""
    verification = Verification.objects.select_for_update().get(pk=verification.pk)
    if verification.status == Verification.Status.PUBLISHED:
        raise NotPublishable(_("It is published already."))
    if approver == verification.author:
        raise NotPublishable(_("Somebody else than its author has to approve it."))
    if not verification.evidence.exists():
        raise NotPublishable(_("It has no evidence yet."))
    if not verification.claims.exists():
        raise NotPublishable(_("It is about no claim yet."))
    if verification.claims.exclude(status=Claim.Status.ACCEPTED).exists():
        raise NotPublishable(_("It is about a claim that has not been accepted."))
    verification.status = Verification.Status.PUBLISHED
    verification.approved_by = approver
    verification.published_at = at
    verification.save(update_fields=["status", "approved_by", "published_at"])
