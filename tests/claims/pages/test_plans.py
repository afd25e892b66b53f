"""What machines fetch reads no more as the record grows: feeds, sitemaps, annotations."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.atom.stream import ENTRIES
from claims.ranges import SPAN
from tests.plans import fill, plan, rows_read, sorted_rows, whole_tables

pytestmark = pytest.mark.django_db

# In benchmarks/desk.sql a claim has the id of its number, public id c1, c2 …; so have the others.
CLAIMS = 6000
# Of each entry a few rows are looked at: effects, links, evidence.
OF_A_PAGE = 30 * ENTRIES
OF_A_FILE = 4 * SPAN

FEEDS = [
    "feeds/claims.atom", "feeds/claims.atom?before=c2001", "feeds/verifications.atom",
    "feeds/verifications.atom?before=v301", "feeds/developments.atom",
    "feeds/developments.atom?before=x150", "feeds/corrections.atom",
    "feeds/corrections.atom?before={correction}", "speakers/s{frequent}/feed.atom",
    "speakers/s{frequent}/feed.atom?before={said}",
]  # fmt: skip
ANNOTATIONS = [
    "claims/c2001/annotation.jsonld", "documents/d2/annotations.jsonld",
    "documents/d2/annotations/page.jsonld",
]  # fmt: skip
SITEMAPS = [
    f"sitemaps/{section}-0.xml"
    for section in ("claims", "verifications", "developments", "speakers", "documents")
]


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """A reader of a large record, which is gone afterwards, and the names of some of its rows."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(CLAIMS)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT speaker_id, min(public_id) FROM claims_claim WHERE status = 'accepted'"
                " GROUP BY speaker_id ORDER BY count(*) DESC LIMIT 1"
            )
            frequent, said = cursor.fetchone()
            cursor.execute("SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY id)"
                           " FROM claims_correction")  # fmt: skip
            (correction,) = cursor.fetchone()
        yield Client(), {"frequent": frequent, "said": said, "correction": correction}
        transaction.set_rollback(True)


def faults(record, address: str, most: int) -> list[str]:
    client, names = record
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/" + address.format(**names))
    assert answer.status_code == 200, address
    assert len(answer.getvalue()) > 300
    found = []
    for query in captured.captured_queries:
        done = plan(query["sql"])
        if tables := whole_tables(done):
            found.append(f"{address}: all of {tables}: {query['sql']}")
        elif (read := rows_read(done)) > most:
            found.append(f"{address}: {read} rows read: {query['sql']}")
        elif (rows := sorted_rows(done)) > most:
            found.append(f"{address}: {rows} rows sorted: {query['sql']}")
    return found


@pytest.mark.parametrize("address", FEEDS + ANNOTATIONS)
def test_a_page_reads_a_few_rows_of_each_entry(record, address):
    assert faults(record, address, OF_A_PAGE) == []


@pytest.mark.parametrize("address", SITEMAPS)
def test_a_sitemap_reads_a_few_rows_of_each_page(record, address):
    assert faults(record, address, OF_A_FILE) == []


def test_the_index_of_sitemaps_reads_a_few_entries_of_each_file(record):
    assert faults(record, "sitemap.xml", 20) == []
