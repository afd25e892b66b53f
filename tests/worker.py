"""A worker in the test's own process, and the queue it works on."""

import asyncio

from django.db import connection

import background.rescue
from background import worker
from background.models import Job


def work() -> None:
    """Do what waits, and what that leads to."""
    asyncio.run(worker.work(asyncio.Event(), wait=False, listen_notify=False))


def lose_the_workers() -> None:
    """Make every worker one that has not been heard of for an hour."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1h'")


def rescue() -> None:
    """Look for what dead workers left, and do it; a worker looks by itself every few seconds."""
    background.rescue.rescue()
    work()


def jobs(task: str) -> list[tuple[str, int]]:
    """Status and attempts of the jobs of that name."""
    found = Job.objects.filter(task_name=task).order_by("pk")
    return list(found.values_list("status", "attempts"))
