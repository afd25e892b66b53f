"""What machines fetch reads no more as the record grows: feeds, sitemaps, annotations."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.atom.stream import ENTRIES
from claims.models import Correction
from claims.pages.annotations import ON_A_PAGE
from claims.ranges import SPAN
from tests.plans import fill, plan, rows_read, sorted_rows, whole_tables

pytestmark = pytest.mark.django_db

# In benchmarks/desk.sql a claim has the id of its number, public id c1, c2 …; so have the others.
CLAIMS = 6000
# Of each entry a few rows are looked at: effects, links, evidence.
OF_A_PAGE = 15 * ENTRIES
OF_A_COLLECTION = 15 * ON_A_PAGE
OF_A_FILE = 4 * SPAN
# Who says a third of all: what was found about it is looked for in all they said.
SAID = CLAIMS // 10

FEEDS = [
    "feeds/claims.atom", "feeds/claims.atom?before=c2001", "feeds/verifications.atom",
    "feeds/verifications.atom?before=v301", "feeds/developments.atom",
    "feeds/developments.atom?before=x150", "feeds/corrections.atom",
    "feeds/corrections.atom?before={correction}",
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
    """A reader of a large record, which is gone afterwards, and the id of a correction in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(CLAIMS)
        with connection.cursor() as cursor:
            # Somebody says a third of all.
            cursor.execute(
                "UPDATE claims_claim SET speaker_id = 900 WHERE status = 'accepted' AND id % 3 = 0"
            )
            cursor.execute("ANALYZE claims_claim")
        yield Client(), Correction.objects.all()[CLAIMS // 40].pk
        transaction.set_rollback(True)


def faults(record, address: str, most: int) -> list[str]:
    client, correction = record
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/" + address.format(correction=correction))
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


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_reads_a_few_rows_of_each_entry(record, address):
    assert faults(record, address, OF_A_PAGE) == []


@pytest.mark.parametrize("address", ANNOTATIONS)
def test_annotations_read_a_few_rows_of_each_claim(record, address):
    assert faults(record, address, OF_A_COLLECTION) == []


@pytest.mark.parametrize("before", ["", "?before=c3001"])
def test_the_feed_of_a_speaker_reads_a_few_rows_of_each_claim_they_made(record, before):
    assert faults(record, f"speakers/s900/feed.atom{before}", 4 * SAID) == []


@pytest.mark.parametrize("address", SITEMAPS)
def test_a_sitemap_reads_a_few_rows_of_each_page(record, address):
    assert faults(record, address, OF_A_FILE) == []


def test_the_index_of_sitemaps_reads_a_few_entries_of_each_file(record):
    assert faults(record, "sitemap.xml", 20) == []
