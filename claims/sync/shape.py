"""The form of the API's documents: an update that changes it makes every row another."""

import hashlib

from django.conf import settings

from claims.api.resources import RESOURCES
from claims.api.sql import function_of
from claims.models import ChangeLog


def is_another() -> bool:
    """Whether the form is another than the last time this was asked."""
    shape = _shape()
    log, _created = ChangeLog.objects.get_or_create()
    if log.shape == shape:
        return False
    ChangeLog.objects.update(shape=shape)
    return True


def _shape() -> str:
    """A digest of how PostgreSQL makes them, and of where their pages are."""
    made = [function_of(each.name, each.model, each.serializer()) for each in RESOURCES.values()]
    return hashlib.sha256("".join([settings.SITE, *made]).encode()).hexdigest()
