"""What a change costs does not grow with the record, nor does what a mirror is given."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import ChangeLog, PublicChange
from claims.sync.settle import settle
from tests.plans import fill, plan, rows_read, whole_tables
from tests.raw_sql import committed, sql

pytestmark = pytest.mark.django_db

CLAIMS = 4000
CHANGES = {
    "a claim": "UPDATE claims_claim SET wording = 'Autrement.' WHERE id = 2001",
    "a speaker": "UPDATE claims_speaker SET name = 'Autre' WHERE id = 950",
    "a publisher": "UPDATE sources_publisher SET name = 'Autre' WHERE id = 7",
    "a document": "UPDATE sources_document SET title = 'Autre' WHERE id = 7",
    "a development": "UPDATE claims_development SET title = 'Autre' WHERE id = 7",
}
MOST = 1500  # rows read for one


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """A large record, of which the log has told."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(CLAIMS)
        settle()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE claims_change")
        yield
        transaction.set_rollback(True)


def statement(captured) -> str:
    """What finds the entries, without the entering."""
    [found] = [query["sql"] for query in captured if "INSERT INTO claims_change" in query["sql"]]
    return re.sub(r"INSERT INTO claims_change \(.*?\)", "", found)


@pytest.mark.parametrize("change", CHANGES)
def test_settling_a_change_reads_only_what_it_concerns(record, change):
    with transaction.atomic():
        sql(CHANGES[change])
        committed()
        noted = list(PublicChange.objects.all())
        assert noted
        with CaptureQueriesContext(connection) as captured:
            settle()
        PublicChange.objects.bulk_create(noted)
        done = plan(statement(captured))
        transaction.set_rollback(True)
    assert whole_tables(done) == []
    assert rows_read(done) < MOST


@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_a_page_reads_only_its_rows(record, share):
    since = int(ChangeLog.objects.get().number * share)
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(f"/api/v1/changes/?limit=20&since={since}")
    assert answer.status_code == 200
    for query in captured.captured_queries:
        if query["sql"].lstrip().startswith("SELECT"):
            done = plan(query["sql"])
            assert set(whole_tables(done)) <= {"claims_changelog"}, query["sql"]
            assert rows_read(done) < MOST, query["sql"]
