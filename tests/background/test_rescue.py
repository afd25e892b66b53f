"""What becomes of the jobs of a worker that died."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from background.models import Failure, Job
from background.queue import UNFINISHED, defer
from background.retry import MOST
from tests.worker import jobs, lose_the_workers, rescue

pytestmark = pytest.mark.usefixtures("queue")


@pytest.fixture
def task():
    """A task that notes how often it was done."""
    done = []

    @app.task(name="note")
    def note() -> None:
        done.append(1)

    note.done = done
    yield note
    del app.tasks["note"]


def break_off(job_id: int, attempts: int = 0) -> None:
    """Leave the job as a killed worker leaves it."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s"
            " WHERE id = %s",
            [cursor.fetchone()[0], attempts, job_id],
        )


def test_what_was_broken_off_is_done(task):
    break_off(defer(task, key="note"))
    lose_the_workers()
    rescue()
    assert (task.done, jobs("note")) == ([1], [("succeeded", 2)])


def test_what_a_living_worker_does_is_left_to_it(task):
    break_off(defer(task, key="note"))
    rescue()
    assert (task.done, jobs("note")) == ([], [("doing", 0)])


def test_what_kills_every_worker_fails_in_the_end(task):
    break_off(defer(task, key="note"), attempts=MOST - 1)
    lose_the_workers()
    rescue()
    assert jobs("note") == [("failed", MOST)]
    assert Failure.objects.get().reason


def test_what_is_being_done_is_not_queued_beside_it(task):
    first = defer(task, key="note")
    break_off(first)
    assert defer(task, key="note") == first
    assert Job.objects.filter(task_name="note", status__in=UNFINISHED).count() == 1
