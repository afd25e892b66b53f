"""What is done in the background: addresses are taken in, snapshots are read."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from background.queue import Priority, defer
from background.retry import BackOff
from claims import engine
from claims.models import Reading
from claims.record import record
from sources.fetching.fetch import fetch
from sources.ingest import Origin
from sources.models import Snapshot


@app.task(name="take_in", retry=BackOff())
def take_in(url: str) -> None:
    """Fetch what stands at ``url``, keep it, and have it read."""
    fetched = fetch(url, now=timezone.now())
    with transaction.atomic():
        snapshot = fetched.ingest(Origin(), today=timezone.localdate()).snapshot
        if not _is_read(snapshot.pk):
            have_read(snapshot.pk, Priority.NEWS)


@app.task(name="read", retry=BackOff())
def read(snapshot_id: int) -> None:
    """Record the claims of a snapshot, unless this version of the extractor has."""
    if _is_read(snapshot_id):
        return
    snapshot = Snapshot.objects.select_related("document").get(pk=snapshot_id)
    record(snapshot, engine.read(snapshot), engine.version())


def have_taken_in(url: str) -> int:
    """Queue ``take_in`` once; returns the id of the job."""
    return defer(take_in, key=f"take_in {url}", priority=Priority.NEWS, url=url)


def have_read(snapshot_id: int, priority: Priority) -> int:
    """Queue ``read`` once; returns the id of the job."""
    return defer(read, key=f"read {snapshot_id}", priority=priority, snapshot_id=snapshot_id)


def _is_read(snapshot_id: int) -> bool:
    return Reading.objects.filter(snapshot=snapshot_id, extractor=engine.version()).exists()
