"""What is not of the record goes by itself (docs/privacy.md)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.utils import timezone

from background.jobs import KEPT, tidy
from background.models import Job
from background.queue import manager
from claims.forget import forget
from claims.jobs import tell_the_log
from claims.models import Tries

pytestmark = pytest.mark.django_db


def test_tries_to_sign_in_are_forgotten():
    now = timezone.now()
    Tries.objects.create(of="hash", since=now, tries=3)
    forget(now + timedelta(days=1))
    assert Tries.objects.exists()
    forget(now + timedelta(days=2, minutes=1))
    assert not Tries.objects.exists()


def test_jobs_that_are_done_are_forgotten():
    ids = []
    for hours in (KEPT + 1, KEPT - 1):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)"
                " VALUES ('default', %s, 'succeeded', '{}') RETURNING id",
                [tell_the_log.name],
            )
            ids += cursor.fetchone()
            cursor.execute(
                "INSERT INTO procrastinate_events (job_id, type, at)"
                " VALUES (%s, 'succeeded', now() - make_interval(hours => %s))",
                [ids[-1], hours],
            )
    context = SimpleNamespace(app=SimpleNamespace(job_manager=manager()))
    async_to_sync(tidy.func)(context, 0)
    assert [job.pk for job in Job.objects.filter(pk__in=ids)] == ids[1:]
