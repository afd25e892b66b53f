"""Forget who wrote or asked, once it has served its purpose (docs/decisions/0028, 0031)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims.models import AddressUsage, KeyUsage, Salt, Sender, Sending
from claims.take_back import midnight

USAGE = timedelta(days=400)  # that the use of a key is shown


@transaction.atomic
def forget(now: datetime) -> None:
    """Erase the senders of messages older than ``CONTACT_DAYS``, where those of days before today
    came from, and what was asked of the API from there; and how a key was used long ago."""
    today = timezone.localdate(now)
    Sender.objects.filter(received_at__lt=now - timedelta(days=settings.CONTACT_DAYS)).delete()
    Salt.objects.filter(day__lt=today).delete()
    Sending.objects.filter(at__lt=midnight(now)).delete()
    AddressUsage.objects.filter(day__lt=today).delete()
    KeyUsage.objects.filter(day__lt=today - USAGE).delete()
