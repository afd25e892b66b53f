"""What every answer of the API bears."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db
ADDRESSES = ["/api/v1/", "/api/v1/claims/", "/api/v1/claims/?x=1", "/api/v1/rien/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_page_elsewhere_may_read_it_without_cookies(client, address):
    answer = client.get(address, headers={"Origin": "https://journal.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.has_header("Access-Control-Allow-Credentials")
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert not answer.cookies


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_says_the_licence_of_the_data(client, address):
    link = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    assert client.get(address)["Link"] == link


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_browser_that_opens_it_loads_nothing_and_frames_nothing(client, address):
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert policy == "default-src 'none'; frame-ancestors 'none'"
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_is_signed_in_is_nobody_to_it(admin_client, address):
    """No session is looked for."""
    with CaptureQueriesContext(connection) as captured:
        admin_client.get(address)
    assert not [query for query in captured if "django_session" in query["sql"]]


def test_a_fault_of_ours_bears_them_too(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("claims.api.parameters.limit", lambda given: 1 / 0)
    answer = client.get("/api/v1/claims/")
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (500, "*")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_browser_is_told_what_it_may_send(client):
    asking = {"Access-Control-Request-Method": "GET", "Origin": "https://journal.example"}
    answer = client.options("/api/v1/claims/", headers=asking)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "Authorization" in answer["Access-Control-Allow-Headers"]
    assert "GET" in answer["Access-Control-Allow-Methods"]


def test_pages_are_not_read_from_elsewhere(client):
    assert not client.get("/").has_header("Access-Control-Allow-Origin")


def test_options_say_what_an_address_takes(client):
    answer = client.options("/api/v1/speakers/")
    assert (answer.status_code, answer["Allow"]) == (200, "GET, HEAD, OPTIONS")


class TestItsValidators:
    @pytest.fixture
    def address(self):
        ClaimFactory.create_batch(2, accepted=True)
        return "/api/v1/claims/?limit=1&include=speaker&total=true"

    def test_spare_what_is_known(self, client, address):
        answer = client.get(address)
        following = answer.json()["next"]
        for asked in (address, following):
            etag = client.get(asked)["ETag"]
            again = client.get(asked, headers={"If-None-Match": etag})
            assert (again.status_code, again.content) == (304, b"")

    def test_differ_where_what_is_beside_differs(self, client, address):
        before = client.get(address)["ETag"]
        speaker = Claim.objects.order_by("-decided_at", "-pk").first().speaker
        speaker.name = "Autre nom"
        speaker.save()
        assert client.get(address)["ETag"] != before

    def test_are_those_of_a_head(self, client, address):
        head = client.head(address)
        assert (head["ETag"], head.content) == (client.get(address)["ETag"], b"")
