"""A claim said and reported too often for one page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from claims.pages.elsewhere import appearances_of, links_of
from tests.factories import ClaimFactory, LinkFactory, SentenceFactory
from tests.pages import shown
from tests.plans import fill, plan, rows_read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
def _two_a_page(monkeypatch):
    for page in ("claim", "elsewhere"):
        monkeypatch.setattr(f"claims.pages.{page}.MOST", 2)


@pytest.fixture
def repeated():
    """A claim, and what says it again: three claims, the last recorded first."""
    claim = ClaimFactory(accepted=True)
    links = [LinkFactory(accepted=True, earlier=claim) for _link in range(3)]
    return claim, [link.claim for link in reversed(links)]


def addresses(page: str, rows) -> list[bool]:
    return [row.get_absolute_url() in page for row in rows]


def test_its_page_tells_of_the_latest_and_leads_to_all(client, repeated):
    claim, again = repeated
    page = shown(client, claim)
    assert addresses(page, again) == [True, True, False]
    assert f"{claim.get_absolute_url()}links/repeats/" in page


def test_the_page_of_one_that_is_not_leads_to_no_more(client):
    claim = LinkFactory(accepted=True).earlier
    assert "links/repeats/" not in shown(client, claim)


def test_all_are_there_page_by_page(client, repeated):
    claim, again = repeated
    address = f"{claim.get_absolute_url()}links/repeats/"
    first = shown(client, address)
    further = first.partition("/links/repeats/?before=")[2].partition('"')[0]
    second = shown(client, f"{address}?before={further}")
    assert addresses(first, again) == [True, True, False]
    assert addresses(second, again) == [False, False, True]


def test_contradictions_are_counted_apart_from_repeats(client, repeated):
    claim, _again = repeated
    other = LinkFactory(accepted=True, claim=claim, kind="contradicts").earlier
    LinkFactory.create_batch(3, accepted=True, earlier=claim)
    assert other.get_absolute_url() in shown(client, claim)


def test_documents_that_report_it_are_there_page_by_page(client):
    claim = ClaimFactory(accepted=True)
    documents = [SentenceFactory() for _report in range(3)]
    for sentence in documents:
        claim.appearances.create(sentence=sentence)
    documents = [sentence.snapshot.document for sentence in reversed(documents)]
    page, every = shown(client, claim), f"{claim.get_absolute_url()}appearances/"
    assert addresses(page, documents) == [True, True, False]
    assert every in page
    assert addresses(shown(client, every), documents) == [True, True, False]


@pytest.mark.parametrize(
    "end",
    [
        "links/likes/",
        "links/repeats/?before=x",
        "appearances/?before=",
        "appearances/?before=" + "9" * 5000,
    ],
)
def test_what_is_no_such_page_is_not_there(client, repeated, end):
    assert client.get(repeated[0].get_absolute_url() + end).status_code == 404


def test_before_everything_there_is_everything(client, repeated):
    claim, again = repeated
    page = shown(client, f"{claim.get_absolute_url()}links/repeats/?before={10**30}")
    assert addresses(page, again) == [True, True, False]


def test_of_a_claim_that_is_not_public_there_is_nothing(client):
    assert client.get(f"{ClaimFactory().get_absolute_url()}links/repeats/").status_code == 404


def test_what_nobody_accepted_is_not_there(client):
    link = LinkFactory()
    page = shown(client, f"{link.earlier.get_absolute_url()}links/repeats/")
    assert link.claim.get_absolute_url() not in page


def test_of_what_was_said_a_thousand_times_only_what_is_told_is_read():
    fill(4000)
    claim = Claim.objects.published().earliest("id")
    with connection.cursor() as cursor:
        for table in ("claims_link", "claims_appearance"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            "INSERT INTO claims_link (status, decided_by_id, decided_at, claim_id, kind,"
            " earlier_id, reason) SELECT 'accepted', decided_by_id, now(), id, 'repeats', %s, ''"
            " FROM claims_claim WHERE status = 'accepted' AND id > %s ORDER BY id LIMIT 1000"
            " ON CONFLICT DO NOTHING",
            [claim.pk, claim.pk],
        )
        cursor.execute(
            "INSERT INTO claims_appearance (claim_id, sentence_id, content)"
            " SELECT %s, id, '{}' FROM sources_sentence ORDER BY id LIMIT 1000",
            [claim.pk],
        )
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        links_of(claim), appearances_of(claim)
    read = [rows_read(plan(query["sql"])) for query in asked.captured_queries]
    assert (len(read), max(read) < 500) == (3, True), read
