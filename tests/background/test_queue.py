"""How the queue finds a job; what it does with it is in the tests of each app's jobs."""

import pytest
from django.db import connection

from background.queue import unfinished

pytestmark = pytest.mark.django_db

MANY = """
INSERT INTO procrastinate_jobs (task_name, queue_name, lock, queueing_lock, status)
SELECT 'read', 'default', number, number, 'todo' FROM generate_series(1, 5000) number
"""


def test_a_job_is_looked_up_in_indexes_however_many_there_are():
    with connection.cursor() as cursor:
        cursor.execute(MANY)
        cursor.execute("ANALYZE procrastinate_jobs")
    plan = unfinished("read 7").explain()
    assert "queueing_lock_idx" in plan
    assert "Seq Scan" not in plan
