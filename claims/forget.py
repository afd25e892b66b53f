"""Forget who wrote, once it has served its purpose (docs/decisions/0028)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims.models import Salt, Sender, Sending
from claims.take_back import midnight


@transaction.atomic
def forget(now: datetime) -> None:
    """Erase the senders of messages older than ``CONTACT_DAYS``, and where those of days before
    today came from."""
    Sender.objects.filter(received_at__lt=now - timedelta(days=settings.CONTACT_DAYS)).delete()
    Salt.objects.filter(day__lt=timezone.localdate(now)).delete()
    Sending.objects.filter(at__lt=midnight(now)).delete()
