"""What the API gives reads no more as the record grows: lists, filters, totals, what is beside."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.api.cursor import Cursor
from claims.api.resources import RESOURCES
from claims.models import Standing
from claims.stands import FEW
from sources.lists import BOUND
from tests.plans import CLAIMS, fill, plan, rows_read, sorted_rows, whole_tables

pytestmark = pytest.mark.django_db

PAGE = 20  # rows
# Of each row of a page some are looked at: whether it is public, and what it refers to, at once.
OF_A_PAGE = 50 * PAGE
# Of a document what is said in it: each has twenty sentences here, and others are of no claim.
OF_DOCUMENTS = 200 * PAGE
# Words, and what stands somewhere, are looked for in so many claims.
OF_MANY = 10 * BOUND
OF_STANDINGS = 4 * FEW

# Of three documents nobody has read two yet, nor half of the sentences. Evidence, appearances and
# forecasts of what is public.
UNREAD = f"""
INSERT INTO sources_document (id, public_id, kind, title, language, added_at, byline, publisher_id)
SELECT 100000 + i, 'u' || i, 'article', 'Vu de personne', 'fr', now() - i * interval '30 s', '',
       1 + i % 100
  FROM generate_series(1, {CLAIMS // 10}) i;
INSERT INTO sources_snapshot
       (id, document_id, text, sha256, original, media_type, fetched_at, sketch)
SELECT 100000 + i, 100000 + i, 'x', md5('u' || i) || md5('v' || i), '', 'text/plain', now(), '{{}}'
  FROM generate_series(1, {CLAIMS // 10}) i;
INSERT INTO sources_sentence (id, snapshot_id, position, start, "end", text)
SELECT 1000000 + i, 100001 + i % {CLAIMS // 10}, i, 0, 1, 'x' FROM generate_series(1, {CLAIMS}) i;
ALTER TABLE claims_claim DISABLE TRIGGER USER;
ALTER TABLE claims_evidence DISABLE TRIGGER USER;
ALTER TABLE claims_appearance DISABLE TRIGGER USER;
INSERT INTO claims_evidence (verification_id, document_id, address, archived_url, retrieved_at,
       stance, "primary", passage, note, interest, protected)
SELECT v.id, 1 + v.id % 900, '', '', now(), (ARRAY['supports', 'refutes'])[1 + n % 2], false, '',
       'x', '', false
  FROM claims_verification v, generate_series(1, 2) n;
INSERT INTO claims_appearance (claim_id, sentence_id, content)
SELECT id, 1 + id % {CLAIMS - 1}, '{{}}' FROM claims_claim WHERE id % 7 = 0;
UPDATE claims_claim SET status = 'accepted', decided_by_id = 1000001, decided_at = found_at
 WHERE id % 20 = 4;
ANALYZE;
"""


@pytest.fixture(scope="module")
def reader(django_db_setup, django_db_blocker):
    """A reader of a large record, which is gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(CLAIMS)
        with connection.cursor() as cursor:
            cursor.execute(UNREAD)
        yield Client()
        transaction.set_rollback(True)


def faults(reader, address: str, most: int) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        answer = reader.get(f"/api/v1/{address}")
    assert answer.status_code == 200, (address, answer.content)
    found = []
    for query in captured.captured_queries:
        sql = query["sql"]
        if not sql.lstrip("( \n").startswith(("SELECT", "WITH")) or "set_config" in sql:
            continue
        for asked in opened(sql):
            done = plan(asked)
            if tables := whole_tables(done):
                found.append(f"{address}: all of {tables}: {asked}")
            elif (read := rows_read(done)) > most:
                found.append(f"{address}: {read} rows read: {asked}")
            elif (rows := sorted_rows(done)) > most:
                found.append(f"{address}: {rows} rows sorted: {asked}")
    return found


def opened(sql: str) -> list[str]:
    """The query, or the one in the function that it calls (claims/api/sql.py)."""
    called = re.search(r"FROM api_(\w+)\((.*), ('.*')\)$", sql, re.DOTALL)
    if not called:
        return [sql]
    name, pks, origin = called.groups()
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [f"api_{name}"])
        (source,) = cursor.fetchone()
    body = source.partition("RETURN QUERY")[2].rpartition("END")[0].rstrip().removesuffix(";")
    return [body.replace("$1", f"{pks}::bigint[]").replace("$2", origin)]


LISTS = [
    *(f"{name}/" for name in RESOURCES),
    *(
        f"{name}/?include={','.join(resource.references)}"
        for name, resource in RESOURCES.items()
        if resource.references
    ),
    "claims/?kind=fact", "claims/?speaker=s191", "claims/?speaker=s191&speaker=s381&speaker=s571",
    "claims/?document=d7", "claims/?from=2025-12&to=2025-12",
    "claims/?from=2030", "claims/?links_to=c10", "claims/?quotation=indirect",
    "claims/?proceedings=suspected",
    "speakers/?kind=document", "speakers/?wikidata_id=Q1",
    "documents/?publisher=p3", "documents/?kind=speech", "documents/?published_from=2030",
    "documents/?published_from=2025-12&published_to=2025-12", "documents/?language=fr",
    "documents/?url=https://journal.example/3",
    "sentences/?document=d7", "sentences/?claim=c10",
    "verifications/?claim=c10", "verifications/?rating=false", "verifications/?current=true",
    "verifications/?published_from=2100-01-01T00:00:00Z",
    "evidence/?verification=v3", "evidence/?document=d7", "evidence/?stance=supports",
    "developments/?claim=c10", "developments/?document=d7", "developments/?effect=context",
    "developments/?occurred_from=2025&occurred_to=2025", "developments/?occurred_from=2030",
    "forecasts/?speaker=s191", "forecasts/?resolved=true", "forecasts/?outcome=kept",
    "forecasts/?due_from=2027&due_to=2027-03", "forecasts/?due_from=2090",
    "corrections/?kind=error", "corrections/?year=2026", "corrections/?claim=c10",
    "corrections/?year=1999", "corrections/?made_from=2100-01-01T00:00:00Z",
    "publishers/?kind=newspaper", "publishers/?name=Journal 3", "ratings/?value=true",
]  # fmt: skip
DEAR = [
    *(f"{name}/?total=true&limit=1" for name in RESOURCES),
    "claims/?q=ministre", "claims/?q=ministre&sort=latest", "claims/?q=ministre&total=true",
    "claims/?publisher=p3",
    "claims/?quotation=mixed", "claims/?document=d7&total=true",
    "verifications/?current=false", "verifications/?q=ministre", "verifications/?q=constat",
    "verifications/?rating=hoax", "evidence/?primary=true", "evidence/?stance=context",
    "documents/?q=titre%20w1", "documents/?language=en", "documents/?kind=post",
    "speakers/?q=m", "developments/?q=fait", "developments/?effect=breaks",
    "forecasts/?q=selon", "corrections/?q=note", "publishers/?q=journal",
]  # fmt: skip

STANDINGS = [
    *(f"claims/?standing={value}" for value in ("imprecise", "confirmed", "unverified")),
    *(f"claims/?rating={value}" for value in ("imprecise", "hoax")),
    *(f"claims/?basis={value}" for value in Standing.Basis.values),
]


def most(address: str) -> int:
    return OF_DOCUMENTS if address.startswith(("documents", "publishers")) else OF_A_PAGE


@pytest.mark.parametrize("address", LISTS)
def test_a_list_reads_a_few_rows_of_each_of_a_page(reader, address):
    assert faults(reader, address, most(address)) == []


@pytest.mark.parametrize("address", DEAR)
def test_words_and_totals_read_no_more_than_a_bound(reader, address, monkeypatch):
    monkeypatch.setattr("claims.api.viewset.COUNTED", BOUND // 5)
    assert faults(reader, address, OF_MANY) == []


@pytest.mark.parametrize("address", STANDINGS)
def test_where_claims_stand_is_derived_for_a_bounded_number(reader, address):
    assert faults(reader, address, OF_STANDINGS) == []


@pytest.mark.parametrize("name", RESOURCES)
def test_the_last_page_reads_no_more_than_the_first(reader, name):
    """And neither the one before it."""
    resource = RESOURCES[name]
    last = resource.published().order_by(*(turned(column) for column in resource.by)).first()
    columns = [column.removeprefix("-") for column in resource.by]
    here = tuple(getattr(last, column) for column in columns)
    for back in (False, True):
        cursor = Cursor(here, back=back)
        assert faults(reader, f"{name}/?cursor={cursor}", most(name)) == []


def turned(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"
