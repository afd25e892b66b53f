"""Forget who wrote or asked, once it has served its purpose (docs/decisions/0028, 0031)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from claims.accounts import note, tries
from claims.models import AddressUsage, KeyUsage, Salt, Sender, Sending
from claims.take_back import midnight

USAGE = timedelta(days=400)  # that the use of a key is shown


@transaction.atomic
def forget(now: datetime) -> None:
    """Erase the senders of messages older than ``CONTACT_DAYS``, where those of days before today
    came from, and what was asked of the API from there; how a key was used, and who signed in, long
    ago; and sessions that are over."""
    today = timezone.localdate(now)
    Sender.objects.filter(received_at__lt=now - timedelta(days=settings.CONTACT_DAYS)).delete()
    Salt.objects.filter(day__lt=today).delete()
    Sending.objects.filter(at__lt=midnight(now)).delete()
    AddressUsage.objects.filter(day__lt=today).delete()
    KeyUsage.objects.filter(day__lt=today - USAGE).delete()
    tries.forget(now)
    note.forget(now)
    Session.objects.filter(expire_date__lt=now).delete()
