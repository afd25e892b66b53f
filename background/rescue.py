"""What was left by workers that died is queued again."""

import asyncio
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate import sql
from procrastinate.exceptions import UniqueViolation

from background.models import Failure, Job
from background.queue import manager
from background.retry import MOST

HEARTBEAT = 5  # seconds
SILENCE = 15  # seconds without a heartbeat: the worker is dead
PAUSE = 5  # seconds between two looks


async def watch() -> None:
    """Rescue what there is, again and again."""
    while True:
        await asyncio.to_thread(_look)
        await asyncio.sleep(PAUSE)


def _look() -> None:
    try:
        rescue()
    finally:
        connection.close()  # The thread may be another the next time.


@transaction.atomic
def rescue() -> None:
    """Queue again what dead workers were doing; not for ever what they may have died of."""
    dead = Q(worker=None) | Q(worker__last_heartbeat__lt=Now() - timedelta(seconds=SILENCE))
    stalled = Job.objects.filter(dead, status="doing").order_by("pk")
    # Every worker looks: each job is seen by one of them.
    for job in stalled.select_for_update(of=["self"], skip_locked=True):
        Failure.objects.update_or_create(
            job_id=job.pk, defaults={"reason": _("the worker ended in the middle of it")}
        )
        if job.attempts + 1 >= MOST or not _queued_again(job):
            manager().connector.execute_query(
                sql.queries["finish_job"], job_id=job.pk, status="failed", delete_job=False
            )


def _queued_again(job: Job) -> bool:
    """Whether it is; not if another like it waits already."""
    try:
        with transaction.atomic():
            manager().retry_job_by_id(job.pk, timezone.now())
    except UniqueViolation:
        return False
    return True
