"""What went wrong, as RFC 9457 has it, in the language of whoever asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.api.resources import RESOURCES
from tests.api import asked
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db

ENGLISH = {"Accept-Language": "en-GB,en;q=0.8"}


def problem(answer, status: int) -> dict:
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert (told["status"], told["type"]) == (status, "about:blank")
    assert told["title"]
    assert told["detail"]
    return told


@pytest.mark.parametrize("name", RESOURCES)
class TestEveryList:
    def test_refuses_an_unknown_parameter_by_name(self, client, name):
        told = problem(client.get(f"/api/v1/{name}/?speeker=x"), 400)
        assert [error["parameter"] for error in told["errors"]] == ["speeker"]
        assert "speeker" in told["detail"]

    def test_refuses_what_networks_add_to_addresses(self, client, name):
        problem(client.get(f"/api/v1/{name}/?utm_source=x"), 400)

    def test_refuses_to_be_written_over(self, client, name):
        answer = client.put(f"/api/v1/{name}/", {})
        problem(answer, 405)
        assert {"GET", "HEAD", "OPTIONS"} <= set(answer["Allow"].split(", "))

    def test_refuses_two_values_where_one_is_taken(self, client, name):
        for parameter in ("limit", "include", "fields", "total", "cursor", "as_of"):
            told = problem(client.get(f"/api/v1/{name}/?{parameter}=1&{parameter}=1"), 400)
            assert told["errors"][0]["parameter"] == parameter

    def test_refuses_an_unknown_parameter_of_a_row(self, client, name):
        told = problem(client.get(f"/api/v1/{name}/2222222222/?limit=1"), 400)
        assert [error["parameter"] for error in told["errors"]] == ["limit"]


@pytest.mark.parametrize(
    ("asking", "parameter"),
    [
        ("claims/?kind=fakt", "kind"), ("claims/?kind=fact&kind=fact", "kind"),
        ("claims/?basis=x", "basis"), ("claims/?quotation=x", "quotation"),
        ("claims/?from=hier", "from"), ("claims/?from=2026&to=2025", "to"),
        ("claims/?sort=relevance", "sort"), ("claims/?document=%00", "document"),
        ("claims/?document=2222222222", "document"), ("claims/?speaker=2222222222", "speaker"),
        ("documents/?published_from=2025-02-30", "published_from"),
        ("documents/?published_to=9999-12-31", "published_to"),
        ("documents/?q=%00", "q"), ("verifications/?published_from=hier", "published_from"),
        ("verifications/?published_to=0001-01-01T00:00:00%2B23:59", "published_to"),
        ("verifications/?current=perhaps", "current"), ("corrections/?year=0", "year"),
        ("corrections/?year=2025.5", "year"), ("corrections/?kind=x", "kind"),
        ("ratings/?scale=x", "scale"), ("ratings/?scale=1e400", "scale"),
        ("ratings/?scale=1.5", "scale"), ("claims/?q=%00", "q"),
        ("sentences/?claim=2222222222", "claim"),
    ],
)  # fmt: skip
def test_a_value_that_means_nothing_is_refused_by_its_name(client, asking, parameter):
    told = problem(client.get(f"/api/v1/{asking}"), 400)
    assert [error["parameter"] for error in told["errors"]] == [parameter]


@pytest.mark.parametrize("path", ["rien/", "rien", "claims/2222222222/", "claims/2222222222/rien/"])
def test_an_address_that_leads_nowhere_is_not_found(client, path):
    problem(client.get(f"/api/v1/{path}"), 404)


def test_nor_is_it_for_what_is_sent(client):
    problem(client.post("/api/v1/rien/", {}), 404)


def test_what_the_server_did_wrong_is_told_as_such(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("claims.api.parameters.limit", lambda given: 1 / 0)
    told = problem(client.get("/api/v1/claims/"), 500)
    assert "division" not in str(told)


def test_what_takes_too_long_is_given_up(client, monkeypatch):
    monkeypatch.setattr("claims.api.viewset.SECONDS", 0.001)
    monkeypatch.setattr("claims.query.ClaimQuery.found", sleeping)
    problem(client.get("/api/v1/claims/?kind=fact"), 503)


@pytest.mark.parametrize(
    "asking",
    ["documents/", "publishers/", "speakers/", "claims/?total=true", "claims/?as_of=2026-01-01"],
)
def test_what_no_index_has_alone_is_given_so_much_time_only(client, asking):
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/api/v1/{asking}")
    assert "statement_timeout" in str(captured.captured_queries)


def sleeping(query):
    from django.db.models import FloatField, Func, Value

    from claims.models import Claim

    ClaimFactory(accepted=True)
    asleep = Func(Value(1), function="pg_sleep", output_field=FloatField())
    return Claim.objects.alias(asleep=asleep).filter(asleep__isnull=False)


class TestItsLanguage:
    def test_is_french(self, client):
        answer = client.get("/api/v1/claims/?speeker=x")
        assert "n’existe" in answer.json()["detail"] or "pas" in answer.json()["detail"]
        assert answer["Content-Language"] == "fr"

    def test_is_english_for_who_prefers_it(self, client):
        answer = client.get("/api/v1/claims/?speeker=x", headers=ENGLISH)
        assert answer.json()["detail"] == "There is no parameter “speeker”."
        assert answer["Content-Language"] == "en"
        assert "Accept-Language" in answer["Vary"]

    def test_is_that_of_a_time_there_is_not(self, client):
        answer = client.get("/api/v1/claims/?as_of=9999-12-31", headers=ENGLISH)
        assert "has not come yet" in answer.json()["detail"]

    def test_is_no_matter_of_what_is_given(self, client):
        ClaimFactory(accepted=True)
        answers = [client.get("/api/v1/claims/", headers=of) for of in ({}, ENGLISH)]
        assert answers[0].content == answers[1].content
        for answer in answers:
            assert answer["Vary"] == "Accept-Encoding"
            assert not answer.has_header("Content-Language")


@pytest.mark.parametrize("accepted", ["text/html", "application/xml", "*/*", "nonsense"])
def test_it_is_json_whatever_is_accepted(client, accepted):
    answer = client.get("/api/v1/claims/", headers={"Accept": accepted})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


def test_the_root_names_what_there_is(client):
    answer = asked(client, "/api/v1/")
    assert sorted(answer["resources"]) == sorted(RESOURCES)
    read = ["changes", "dumps", "claimreview", "schema", "documentation"]
    for address in [*answer["resources"].values(), *(answer[name] for name in read)]:
        assert client.get(address).status_code == 200
    for name in ("extract", "match"):
        assert client.get(answer[name]).status_code == 401
    assert answer["licence"].startswith("https://creativecommons.org/licenses/")
