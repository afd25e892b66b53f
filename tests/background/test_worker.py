import pytest
from django.db import OperationalError
from procrastinate.contrib.django import app

from background.models import Failure, Job
from background.queue import defer
from sources.fetching.failure import Failed
from tests.worker import work

pytestmark = pytest.mark.usefixtures("queue")


@pytest.fixture
def errors():
    """What a task raises, one at each attempt."""
    return []


@pytest.fixture
def job(errors):
    @app.task(name="fail", retry=1)
    def fail() -> None:
        if errors:
            raise errors.pop(0)

    yield Job.objects.get(pk=defer(fail, key="fail"))
    del app.tasks["fail"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Failed("le site ne répond pas"), "le site ne répond pas"),
        (KeyError("x"), "KeyError: 'x'"),
        (OperationalError("FATAL"), "la base de données ne répondait pas"),
    ],
)
def test_why_a_job_failed_is_kept(job, errors, error, reason):
    errors += [error, error]
    work()
    assert Failure.objects.get(job=job).reason == reason


def test_a_job_that_was_done_in_the_end_has_no_reason(job, errors):
    errors.append(KeyError("x"))
    work()
    job.refresh_from_db()
    assert (job.status, job.reason) == ("succeeded", "")
