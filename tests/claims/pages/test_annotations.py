"""The Web Annotations of claims and documents, as they are fetched."""

import json
import os
import re
from pathlib import Path

import pytest
from psycopg.types.range import Int4Range

from claims.merge import merge_claims
from tests.factories import (
    NOON,
    ClaimFactory,
    DocumentFactory,
    SentenceFactory,
    SnapshotFactory,
    UserFactory,
)
from tests.pages import shown
from tests.record import verify

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "annotations"
TEXT = "Avant. 👩‍🏫 La maire promet deux écoles, et trois gymnases. Après."
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


@pytest.fixture
def claim():
    """Of what is promised in two spans of the second sentence."""
    document = DocumentFactory(
        public_id="dddddddddd", title="Deux écoles", url="https://journal.test/écoles"
    )
    snapshot = SnapshotFactory(document=document, text=TEXT, fetched_at=NOON)
    sentence = SentenceFactory(snapshot=snapshot, start=7, end=59)
    spans = [TEXT.index(words) for words in ("deux écoles", "trois gymnases")]
    content = [Int4Range(spans[0], spans[0] + 11), Int4Range(spans[1], spans[1] + 14)]
    return ClaimFactory(
        accepted=True,
        public_id="cccccccccc",
        sentence=sentence,
        content=content,
        quote="deux écoles trois gymnases",
        wording="Il y aura deux écoles et trois gymnases.",
    )


def fetched(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    return answer.json()


def of(claim):
    return f"/claims/{claim.public_id}/annotation.jsonld"


def collection_of(document):
    return f"/documents/{document.public_id}/annotations.jsonld"


def golden(name, body):
    """As the file of that name says; UPDATE_GOLDEN=1 writes it instead."""
    file = GOLDEN / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.write_text(json.dumps(body, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert body == json.loads(file.read_text("utf-8"))


class TestOfAClaim:
    def test_is_the_golden_one(self, client, claim):
        golden("claim", fetched(client, of(claim)))

    def test_that_is_verified_is_the_golden_one(self, client, claim):
        verify(claim, public_id="vvvvvvvvvv")
        golden("verified", fetched(client, of(claim)))

    def test_finds_the_very_words_in_the_text(self, client, claim):
        words = []
        for target in fetched(client, of(claim))["target"]:
            place, quotation = target["selector"]
            assert TEXT[place["start"] : place["end"]] == quotation["exact"]
            around = quotation["prefix"] + quotation["exact"] + quotation["suffix"]
            assert TEXT.count(around) == 1
            words.append(quotation["exact"])
        assert words == ["deux écoles", "trois gymnases"]

    def test_of_one_span_has_one_target(self, client):
        target = fetched(client, of(ClaimFactory(accepted=True)))["target"]
        assert target["selector"][0]["start"] == 0

    def test_of_a_document_without_an_address_is_of_its_page(self, client):
        claim = ClaimFactory(accepted=True)
        page = f"http://testserver{claim.document.get_absolute_url()}"
        assert fetched(client, of(claim))["target"]["source"] == page

    def test_never_points_to_what_is_no_address_of_the_web(self, client):
        document = DocumentFactory(url="javascript:alert(1)")
        claim = ClaimFactory(accepted=True, sentence__snapshot__document=document)
        assert "javascript" not in json.dumps(fetched(client, of(claim)))

    def test_is_there_whatever_the_language(self, client, claim):
        client.get("/en/")
        golden("claim", fetched(client, of(claim)))

    def test_leads_to_the_page_for_readers(self, client, claim):
        link = client.get(of(claim)).headers["Link"]
        assert link == f'<{claim.get_absolute_url()}>; rel="alternate"; type="text/html"'

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_is_found_from_the_page(self, client, claim, prefix):
        page = shown(client, f"{prefix}/claims/{claim.public_id}/")
        assert of(claim) in re.findall(r'type="application/ld\+json.*? href="([^"]*)"', page)

    def test_that_is_a_candidate_is_not_there(self, client):
        assert client.get(of(ClaimFactory())).status_code == 404

    def test_that_was_merged_leads_to_the_one_kept(self, client, claim):
        merged = ClaimFactory(accepted=True)
        merge_claims(merged, claim, UserFactory(role="chief"), "La même.")
        answer = client.get(of(merged))
        assert (answer.status_code, answer.url) == (301, of(claim))


class TestOfADocument:
    def test_is_the_golden_one(self, client, claim):
        golden("document", fetched(client, collection_of(claim.document)))

    def test_goes_on_over_pages_until_each_was_there_once(self, client, claim, monkeypatch):
        monkeypatch.setattr("claims.pages.annotations.ON_A_PAGE", 2)
        for start in range(4):
            content = [Int4Range(start, 5)]
            ClaimFactory(accepted=True, sentence=claim.sentence, content=content)
        ClaimFactory(sentence=claim.sentence, content=[Int4Range(0, 7)])
        collection = fetched(client, collection_of(claim.document))
        assert collection["total"] == 5
        page, ids = collection["first"], []
        while page:
            assert page["partOf"] == collection["id"]
            ids += [item["id"] for item in page["items"]]
            following = page.get("next", "").removeprefix("http://testserver")
            page = following and fetched(client, following)
        assert len(set(ids)) == len(ids) == 5

    def test_has_its_first_page_at_an_address_too(self, client, claim):
        first = fetched(client, collection_of(claim.document))["first"]
        page = fetched(client, first["id"].removeprefix("http://testserver"))
        del page["@context"]
        assert page == first

    @pytest.mark.parametrize("after", ["rien", "%00", "é"])
    def test_after_a_claim_that_is_not_of_it_is_not_there(self, client, claim, after):
        address = f"/documents/{claim.document.public_id}/annotations/page.jsonld"
        assert client.get(f"{address}?after={after}").status_code == 404

    def test_that_is_not_public_is_not_there(self, client):
        assert client.get(collection_of(ClaimFactory().document)).status_code == 404

    def test_is_found_from_the_page(self, client, claim):
        assert f'href="{collection_of(claim.document)}"' in shown(client, claim.document)

    def test_needs_as_many_queries_as_the_baseline(self, client, claim, counted_queries):
        for start in range(4):
            verify(
                ClaimFactory(accepted=True, sentence=claim.sentence, content=[Int4Range(start, 5)])
            )
        with counted_queries("annotations of a document"):
            fetched(client, collection_of(claim.document))
