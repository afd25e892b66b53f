"""How far the background work is, for pages."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Now

from background.models import Job

WAITING = Q(status="todo")


@dataclass(frozen=True)
class Progress:
    """How many jobs wait, are at work, and have failed."""

    waiting: int
    at_work: int
    failed: int


def progress() -> Progress:
    """Of the whole queue, in one query."""
    return Progress(
        **Job.objects.aggregate(
            waiting=Count("pk", WAITING),
            at_work=Count("pk", Q(status="doing")),
            failed=Count("pk", Q(status="failed")),
        )
    )


def ahead(job: Job) -> int:
    """How many jobs are done before one that waits."""
    sooner = Q(priority__gt=job.priority) | Q(priority=job.priority, pk__lt=job.pk)
    due = Q(scheduled_at=None) | Q(scheduled_at__lte=Now())
    return Job.objects.filter(WAITING & sooner & due).count()
