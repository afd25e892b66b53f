"""The queue: jobs go in with the rows they serve, and failed ones go in again."""

from enum import IntEnum

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.manager import JobManager
from procrastinate.tasks import Task, configure_task

from background.models import Job

UNFINISHED = ("todo", "doing")


class Priority(IntEnum):
    """The higher is done first."""

    LATER = -10
    USUAL = 0
    NEWS = 10


def manager() -> JobManager:
    """The queue over Django's own connection, inside whatever transaction is open there.

    In a worker, ``task.defer()`` would go over another connection.
    """
    return JobManager(DjangoConnector())


def defer(task: Task, *, key: str, priority: Priority = Priority.USUAL, **arguments) -> int:
    """Queue ``task`` with ``arguments`` once; returns the id of the job.

    It exists if and when the open transaction is committed. As long as a job with the same ``key``
    is unfinished, it is that one.
    """
    job = configure_task(
        name=task.name,
        job_manager=manager(),
        queueing_lock=key,
        lock=key,
        priority=priority,
        task_kwargs=arguments,
    )
    if found := unfinished(key).first():
        return found.pk
    try:
        with transaction.atomic():
            return job.defer()
    except AlreadyEnqueued:  # Somebody else's, since we looked.
        return unfinished(key).first().pk


def unfinished(key: str) -> QuerySet[Job]:
    """The job of that key that waits or is at work: as procrastinate's two indexes know it."""
    return Job.objects.filter(
        Q(status="todo", queueing_lock=key) | Q(status="doing", lock=key)
    ).only("pk")


def run_again(job: Job) -> bool:
    """Queue a failed job again, now; returns whether it was, and not another like it before."""
    try:
        with transaction.atomic():
            manager().retry_job_by_id(job.pk, timezone.now())
    except UniqueViolation:
        return False
    return True
