"""``/api/v1/changes/``: what it answers."""

import json

import pytest

from claims.merge import merge_claims
from claims.models import Claim
from tests.claims.sync.mirror import Mirror, record
from tests.factories import ClaimFactory, UserFactory
from tests.raw_sql import committed, sql

pytestmark = pytest.mark.django_db


def asked(client, query=""):
    committed()
    return client.get(f"/api/v1/changes/{query}")


def page(client, query=""):
    answer = asked(client, query)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def test_the_whole_record_is_in_it_and_nothing_else(client):
    ClaimFactory.create_batch(3, accepted=True)
    ClaimFactory()
    committed()
    mirror = Mirror(client)
    while mirror.read(2):
        pass
    assert mirror.rows == record()


def test_an_entry_says_what_the_row_is_now(client):
    claim = ClaimFactory(accepted=True)
    start = page(client)["next"]
    for wording in ("Autrement.", "Enfin."):
        sql("UPDATE claims_claim SET wording = %s WHERE id = %s", wording, claim.pk)
        page(client, f"?since={start}")
    entries = [e for e in page(client, f"?since={start}")["results"] if e["resource"] == "claims"]
    assert [entry["data"]["text"] for entry in entries] == ["Enfin.", "Enfin."]
    assert set(entries[0]) == {"number", "resource", "id", "at", "deleted", "data"}
    assert entries[0]["data"] == json.loads(
        client.get(f"/api/v1/claims/{claim.public_id}/").content
    )


def test_where_it_is_gone_on_from_is_always_said(client):
    ClaimFactory(accepted=True)
    first = page(client, "?limit=2")
    assert (first["next"], first["more"]) == (2, True)
    last = page(client, "?since=2")
    assert not last["more"]
    assert page(client, f"?since={last['next']}") == {
        "results": [], "next": last["next"], "more": False,
    }  # fmt: skip


def test_a_row_that_is_public_no_longer_is_a_tombstone(client):
    claim = ClaimFactory(accepted=True)
    start = page(client)["next"]
    sql("UPDATE claims_claim SET status = 'rejected' WHERE id = %s", claim.pk)
    entries = page(client, f"?since={start}")["results"]
    [entry] = [entry for entry in entries if entry["resource"] == "claims"]
    assert entry["id"] == claim.public_id
    assert (entry["deleted"], entry["data"], entry["merged_into"]) == (True, None, None)


def test_a_merged_row_says_into_which(client):
    first, second, kept = ClaimFactory.create_batch(3, accepted=True)
    start, chief = page(client)["next"], UserFactory(role="chief")
    for merged, into in ((first, second), (second, kept)):
        rows = [Claim.objects.get(pk=row.pk) for row in (merged, into)]
        merge_claims(*rows, chief, "La même phrase.")
    entries = page(client, f"?since={start}")["results"]
    into = {
        e["id"]: e["merged_into"] for e in entries if e["deleted"] and e["resource"] == "claims"
    }
    assert into == {first.public_id: kept.public_id, second.public_id: kept.public_id}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?since=999999", "since"),
        ("?since=-1", "since"),
        ("?since=x", "since"),
        ("?since=", "since"),
        ("?since=99999999999999999999999", "since"),
        ("?since=1&since=2", "since"),
        ("?limit=0", "limit"),
        ("?limit=1001", "limit"),
        ("?limit=ten", "limit"),
        ("?sinse=1", "sinse"),
        ("?as_of=2026-01-01", "as_of"),
    ],
)
def test_what_it_does_not_take_is_named(client, query, name):
    answer = asked(client, query)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["errors"][0]["parameter"] == name


def test_nobody_keeps_it_without_asking_and_who_has_it_is_told_so(client):
    ClaimFactory(accepted=True)
    first = asked(client)
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get("/api/v1/changes/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_its_address_may_lack_the_slash(client):
    assert client.get("/api/v1/changes?since=0").status_code == 200


def test_it_takes_as_many_queries_for_many_rows(client, counted_queries):
    ClaimFactory.create_batch(30, accepted=True)
    asked(client)
    with counted_queries("API, changes"):
        client.get("/api/v1/changes/?limit=1000")
