"""Who is told of a change comes to read it: not before the replicas show it (config/replica)."""

import time

from django.conf import settings
from django.db import Error, connections

from claims.models import ChangeLog

PAUSE = 0.2  # seconds between two looks
LOOKED = 5  # seconds that others may take to see that a replica fell behind


def wait_for_replicas(number: int) -> None:
    """Return once every replica has the change log up to that number, and with it what it tells of;
    or once nobody reads any more from those that have not."""
    until = time.monotonic() + settings.REPLICA_SECONDS + LOOKED
    waiting = settings.REPLICAS
    while waiting := [alias for alias in waiting if not _has(alias, number)]:
        if time.monotonic() > until:
            return
        time.sleep(PAUSE)


def _has(alias: str, number: int) -> bool:
    try:
        return ChangeLog.objects.using(alias).filter(number__gte=number).exists()
    except Error:
        connections[alias].close()
        return False
