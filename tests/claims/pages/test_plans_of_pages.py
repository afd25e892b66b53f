"""No public page of these reads more as the record grows."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims import track
from sources.lists import BOUND
from tests.plans import fill, plan, rows_read, whole_tables

pytestmark = pytest.mark.django_db

CLAIMS = 6000
# One speaker says all that is published; one development bears on a claim in twenty.
GATHERED = """
ALTER TABLE claims_claim DISABLE TRIGGER USER;
ALTER TABLE claims_effect DISABLE TRIGGER USER;
UPDATE claims_claim SET speaker_id = 900 WHERE status = 'accepted';
UPDATE claims_effect SET development_id = 7, claim_id = claim_id - 5 WHERE id % 2 = 0;
ALTER TABLE claims_claim ENABLE TRIGGER USER;
ALTER TABLE claims_effect ENABLE TRIGGER USER;
ANALYZE claims_claim;
ANALYZE claims_effect;
"""
# What a list finds up to its bound, in two tables, and what one page shows.
LISTED = 2 * BOUND + 500
PAGES = {
    "/": 700,
    "/speakers/s900/": LISTED,
    "/speakers/s900/?page=50": LISTED,
    "/documents/d7/": 300,
    "/developments/": LISTED,
    "/developments/?page=9": LISTED,
    "/developments/x7/": LISTED,
}


@pytest.fixture(scope="module")
def client(django_db_setup, django_db_blocker):
    """A reader of a large record, which is gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(CLAIMS)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(GATHERED)
        track.count_anew()
        yield Client()
        transaction.set_rollback(True)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_reads_no_more_than_it_shows(client, address):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    found = []
    for query in captured.captured_queries:
        done = plan(query["sql"])
        if tables := whole_tables(done):
            found.append(f"all of {tables}: {query['sql']}")
        elif (read := rows_read(done)) > PAGES[address]:
            found.append(f"{read} rows read: {query['sql']}")
    assert found == [], "\n".join(found)
