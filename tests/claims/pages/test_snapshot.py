"""The page of a snapshot, and the text it is about."""

import hashlib

import pytest
from psycopg.types.range import Int4Range

from tests.factories import NOON, ClaimFactory, SentenceFactory, SnapshotFactory
from tests.pages import shown

pytestmark = pytest.mark.django_db
TEXT = "Elle promet\r\n  deux écoles <b>neuves</b>\u202f!\n"


@pytest.fixture
def claim():
    snapshot = SnapshotFactory(text=TEXT, original=b"%PDF")
    sentence = SentenceFactory(snapshot=snapshot)
    start = TEXT.index("deux")
    return ClaimFactory(accepted=True, sentence=sentence, content=[Int4Range(start, start + 11)])


def address(claim) -> str:
    snapshot = claim.sentence.snapshot
    return f"{claim.document.get_absolute_url()}snapshots/{snapshot.sha256}/"


def test_marks_its_claims_where_they_stand(client, claim):
    page = shown(client, address(claim))
    marked = page[page.index("Elle promet") :]
    assert marked.index("<mark") < marked.index("deux écoles") < marked.index("</mark>")
    assert f'id="mark-{claim.public_id}"' in marked


def test_shows_both_digests_and_when_it_was_fetched(client, claim):
    snapshot = claim.sentence.snapshot
    snapshot.refresh_from_db()
    page = shown(client, address(claim))
    texts = (snapshot.sha256, hashlib.sha256(b"%PDF").hexdigest(), "8 décembre 2025", "13:00")
    assert [text for text in texts if text not in page] == []


def test_the_text_is_exactly_the_one_of_that_digest(client, claim):
    answer = client.get(f"{address(claim)}text")
    assert answer.content.decode() == TEXT
    assert hashlib.sha256(answer.content).hexdigest() == claim.sentence.snapshot.sha256
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_is_not_for_search_engines(client, claim):
    for end in ("", "text"):
        assert client.get(address(claim) + end)["X-Robots-Tag"] == "noindex"


def test_escapes_what_the_text_says(client, claim):
    assert "<b>neuves" not in shown(client, address(claim))


def test_is_where_the_page_of_its_claim_leads(client, claim):
    assert f'href="{address(claim)}#mark-{claim.public_id}"' in shown(client, claim)


@pytest.mark.parametrize("end", ["", "text"])
def test_of_a_document_that_is_not_public_is_not_there(client, end):
    assert client.get(address(ClaimFactory()) + end).status_code == 404


@pytest.mark.parametrize("end", ["", "text"])
def test_of_another_document_is_not_there(client, claim, end):
    other = ClaimFactory(accepted=True)
    wrong = f"{other.document.get_absolute_url()}snapshots/{claim.sentence.snapshot.sha256}/"
    assert client.get(wrong + end).status_code == 404


@pytest.mark.parametrize("end", ["", "text"])
def test_was_not_there_before_it_was_fetched(client, claim, end):
    later = NOON.replace(year=2026)
    snapshot = SnapshotFactory(document=claim.document, text="Autre chose.", fetched_at=later)
    there = f"{claim.document.get_absolute_url()}snapshots/{snapshot.sha256}/{end}"
    assert client.get(there).status_code == 200
    assert client.get(there, {"as_of": "2026-12-07T00:00:00+00:00"}).status_code in (400, 404)
    assert client.get(there, {"as_of": "2025-12-09"}).status_code == 404


def test_needs_as_many_queries_as_the_baseline(client, claim, counted_queries):
    for end in range(1, 10):
        ClaimFactory(accepted=True, sentence=claim.sentence, content=[Int4Range(0, end)])
    with counted_queries("snapshot page"):
        shown(client, address(claim))
