from datetime import timedelta

import psycopg
import pytest
from django.db import OperationalError
from django.utils import timezone
from procrastinate.jobs import Job

from background.retry import MOST, BackOff
from sources.fetching.failure import Failed
from sources.refused import Refused

LATER = Failed("le site ne répond pas", temporary=True)


def wait(error, attempts=0) -> timedelta | None:
    """How long until the next attempt, if there is one."""
    job = Job(
        id=1, queue="default", task_name="t", lock=None, queueing_lock=None, attempts=attempts
    )
    decision = BackOff().get_retry_decision(exception=error, job=job)
    return decision and decision.retry_at - timezone.now()


def test_what_is_temporary_is_tried_again():
    assert wait(LATER) > timedelta(seconds=20)


@pytest.mark.parametrize("attempts", [0, 3])
@pytest.mark.parametrize("error", [OperationalError("gone"), psycopg.OperationalError("gone")])
def test_without_the_database_it_is_tried_again_soon(error, attempts):
    assert wait(error, attempts) < timedelta(seconds=10)


@pytest.mark.parametrize("error", [Failed("il n’y a pas de page"), Refused("non"), ValueError()])
def test_what_would_be_so_again_is_not(error):
    assert wait(error) is None


def test_each_wait_is_longer_than_the_one_before():
    assert wait(LATER, 1) > 3 * wait(LATER, 0)


def test_it_ends():
    assert wait(LATER, MOST - 1) is None
