"""Verifications as ClaimReviews: of one, and of all as a DataFeed."""

import gc
import json
from datetime import timedelta
from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from claims.models import ClaimReview, LastChange, Verification
from claims.structured_data import feed
from claims.structured_data.site import Site
from tests.claims.claim_review.feeds import imported
from tests.factories import NOON, ClaimFactory, LinkFactory
from tests.pages import shown
from tests.plans import fill
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db
FEED = "/api/v1/claimreview.jsonld"


def address(verification: Verification) -> str:
    return reverse("api-claimreview", args=[verification.public_id])


def the_feed(client) -> dict:
    answer = client.get(FEED)
    assert answer.status_code == 200
    return json.loads(answer.getvalue())


def reviews(feed: dict) -> list[dict]:
    return [review for element in feed["dataFeedElement"] for review in element["item"]]


class TestOne:
    def test_is_what_the_page_carries(self, client):
        claim, repeat = ClaimFactory.create_batch(2, accepted=True)
        LinkFactory(accepted=True, claim=repeat, earlier=claim)
        verification = supersede(verify(claim))
        answer = client.get(address(verification))
        assert answer.headers["Content-Type"] == "application/ld+json"
        page = shown(client, verification)
        script = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        assert answer.json() == json.loads(script)
        assert answer.json()["version"] == 2

    @pytest.mark.parametrize("accepted", ["*/*", "application/ld+json", "application/json"])
    def test_is_given_to_who_accepts_it(self, client, accepted):
        verification = verify(ClaimFactory(accepted=True))
        assert client.get(address(verification), HTTP_ACCEPT=accepted).status_code == 200

    def test_of_a_superseded_version_leads_to_that_after_it(self, client):
        old = verify(ClaimFactory(accepted=True))
        new = supersede(old)
        answer = client.get(address(old))
        assert (answer.status_code, answer.headers["Location"]) == (301, address(new))

    def test_of_a_withdrawn_one_is_gone(self, client):
        verification = withdrawn(verify(ClaimFactory(accepted=True)), "La source est un faux.")
        answer = client.get(address(verification))
        assert answer.status_code == 410
        assert answer.headers["Content-Type"] == "application/problem+json"

    def test_of_a_draft_is_not_there(self, client):
        assert client.get("/api/v1/verifications/vrfctn2222/claimreview").status_code == 404

    def test_is_of_today_only(self, client):
        verification = verify(ClaimFactory(accepted=True))
        answer = client.get(f"{address(verification)}?as_of={localdate()}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "as_of"

    def test_needs_as_many_queries_as_the_baseline(self, client, counted_queries):
        verification = verify(*ClaimFactory.create_batch(3, accepted=True), evidence=[{}, {}])
        with counted_queries("API: a ClaimReview"):
            client.get(address(verification))


@pytest.fixture
def change():
    """The last change of the record: in a test no transaction ends that would note one."""
    LastChange.objects.all().delete()
    return LastChange.objects.create(at=NOON)


class TestTheFeed:
    def test_has_the_verifications_in_force_the_latest_first(self, client):
        first, second = (verify(ClaimFactory(accepted=True)) for _number in range(2))
        new = supersede(first)
        withdrawn(verify(ClaimFactory(accepted=True)), "La source est un faux.")
        told = the_feed(client)
        assert (told["@context"], told["@type"]) == ("https://schema.org", "DataFeed")
        found = [element["url"].split("/")[-2] for element in told["dataFeedElement"]]
        assert found == [new.public_id, second.public_id]
        assert {element["@type"] for element in told["dataFeedElement"]} == {"DataFeedItem"}

    def test_tells_of_each_what_its_own_address_does(self, client):
        verifications = [verify(ClaimFactory(accepted=True)) for _number in range(3)]
        each = [client.get(address(one)).json() for one in reversed(verifications)]
        assert reviews(the_feed(client)) == each

    def test_is_whole_json_when_there_is_nothing(self, client):
        assert the_feed(client)["dataFeedElement"] == []

    def test_is_in_french_whatever_was_asked_before(self, client):
        verify(ClaimFactory(accepted=True))
        client.get("/en/")
        (review,) = reviews(the_feed(client))
        assert review["reviewRating"]["alternateName"] == "Imprécis"

    def test_is_what_was_in_force_when_it_began(self, monkeypatch):
        monkeypatch.setattr(feed, "BATCH", 1)
        old = verify(ClaimFactory(accepted=True))
        verify(ClaimFactory(accepted=True))
        pieces = feed.data_feed(Site("https://x.test"), "https://x.test/feed", NOON)
        begun = [next(pieces), next(pieces)]
        supersede(old)
        told = json.loads("".join([*begun, *pieces]))
        assert len(reviews(told)) == 2
        assert old.public_id in reviews(told)[1]["url"]

    @pytest.mark.usefixtures("change")
    def test_is_not_read_by_who_has_it(self, client):
        verify(ClaimFactory(accepted=True))
        tag = client.get(FEED).headers["ETag"]
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(FEED, HTTP_IF_NONE_MATCH=tag)
        assert answer.status_code == 304
        assert not [one for one in captured if "claims_verification" in one["sql"]]

    def test_is_told_to_have_changed_when_something_did(self, client, change):
        before = client.get(FEED)
        assert before.headers["Last-Modified"]
        change.at += timedelta(seconds=1)
        change.save()
        after = client.get(FEED, HTTP_IF_NONE_MATCH=before.headers["ETag"])
        assert after.status_code == 200

    @pytest.mark.parametrize("asked", ["as_of=2026-01-01", "page=2"])
    def test_takes_no_parameter(self, client, asked):
        answer = client.get(f"{FEED}?{asked}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == asked.partition("=")[0]

    def test_of_any_length_is_read_and_forgotten_batch_by_batch(self, monkeypatch):
        monkeypatch.setattr(feed, "BATCH", 50)
        fill(3000)
        batches = []
        pieces = feed.data_feed(Site("https://x.test"), "https://x.test/feed", NOON)
        next(pieces)
        while True:
            with CaptureQueriesContext(connection) as captured:
                if len(list(islice(pieces, 50))) < 50:
                    break
            gc.collect()
            held = sum(type(one) is Verification for one in gc.get_objects())
            batches.append((len(captured), held))
        assert len(batches) == 5
        (_begun, *others) = batches
        assert len({queries for queries, _held in others}) == 1
        assert max(held for _queries, held in batches) <= 2 * feed.BATCH


class TestReadBack:
    def test_the_feed_says_what_was_written(self, client, settings):
        settings.ALLOWED_HOSTS = ["constat.example"]
        client.defaults["HTTP_HOST"] = "constat.example"
        verification = verify(ClaimFactory(accepted=True))
        taken = imported(client.get(FEED).getvalue())
        assert (taken.added, taken.refused) == (1, 0)
        review = ClaimReview.objects.get()
        assert review.url.endswith(verification.get_absolute_url())
        assert review.publisher.kind == "fact_checker"
        again = imported(client.get(FEED).getvalue())
        assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
