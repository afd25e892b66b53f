"""How much may be asked, in a minute of the clock and in a day of the newsroom."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils.translation import gettext

from claims.api.keys.spend import spend
from claims.forget import forget
from claims.models import AddressUsage, KeyUsage
from claims.models.api_key import Limits
from tests.factories import ApiKeyFactory, ClaimFactory

pytestmark = pytest.mark.django_db
CLAIMS = "/api/v1/claims/"
NOON = datetime(2026, 11, 26, 11, 0, 10, tzinfo=UTC)  # in the newsroom
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def few(settings):
    settings.API_LIMITS = {
        "anonymous_minute": 2,
        "anonymous_day": 3,
        "key_minute": 3,
        "key_day": 5,
        "extractions_day": 5,
    }


def ask(client, at=NOON, key=None, **given):
    with time_machine.travel(at, tick=False):
        return client.get(CLAIMS, **(key.header if key else {}), **given)


def asked(client, times, **given):
    return [ask(client, **given).status_code for _ in range(times)]


def test_no_more_comes_from_one_address_in_a_minute(client):
    assert asked(client, 4) == [200, 200, 429, 429]
    assert asked(client, 1, at=NOON + MINUTE) == [200]


def test_nor_in_a_day(client):
    assert asked(client, 2) == [200, 200]
    assert asked(client, 2, at=NOON + HOUR) == [200, 429]
    assert asked(client, 1, at=NOON + 11 * HOUR) == [429]
    assert asked(client, 1, at=NOON + 12 * HOUR) == [200]


def test_others_are_not_held_up_by_it(client):
    asked(client, 3)
    assert asked(client, 1, REMOTE_ADDR="192.0.2.9") == [200]


def test_with_a_key_one_may_ask_more(client):
    key = ApiKeyFactory()
    assert asked(client, 4, key=key) == [200, 200, 200, 429]
    assert asked(client, 3, key=key, at=NOON + MINUTE) == [200, 200, 429]


def test_a_key_has_limits_of_its_own(client):
    key = ApiKeyFactory(requests_a_minute=1, requests_a_day=2)
    assert asked(client, 2, key=key) == [200, 429]
    assert asked(client, 1, key=key, at=NOON + MINUTE) == [200]
    assert asked(client, 1, key=key, at=NOON + 2 * MINUTE) == [429]


def test_one_key_does_not_spend_what_another_may(client):
    asked(client, 3, key=ApiKeyFactory())
    assert asked(client, 1, key=ApiKeyFactory()) == [200]


def test_a_limit_of_nothing_lets_nobody_in(client, settings):
    settings.API_LIMITS["anonymous_day"] = 0
    assert asked(client, 2) == [429, 429]


def test_what_is_refused_spends_nothing_and_is_counted(client):
    key = ApiKeyFactory()
    asked(client, 5, key=key)
    usage = key.usage.get()
    assert (usage.requests, usage.read, usage.refused) == (3, 3, 2)


def test_what_did_not_change_counts_too(client):
    ClaimFactory(accepted=True)
    tag = ask(client)["ETag"]
    again = [ask(client, headers={"If-None-Match": tag}) for _ in range(2)]
    assert [answer.status_code for answer in again] == [304, 429]


def test_a_minute_gives_way_to_no_earlier_one(client):
    """As of a server whose clock is late."""
    assert asked(client, 1, at=NOON) == [200]
    assert asked(client, 2, at=NOON - MINUTE) == [200, 429]
    assert asked(client, 1, at=NOON) == [429]


def test_wrong_keys_cannot_be_tried_without_end(client):
    wrong = {"headers": {"Authorization": f"Bearer constat_abcdefgh_{'a' * 43}"}}
    assert asked(client, 3, **wrong) == [401, 401, 429]


def test_a_fault_of_the_database_lets_nobody_in(client, monkeypatch):
    monkeypatch.setattr("claims.api.keys.spend.SPEND", "SELECT 1/0")
    client.raise_request_exception = False
    assert ask(client).status_code == 500


def test_who_asks_is_counted_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1) as captured:
        spend(AddressUsage, "a" * 64, Limits(1, 1), NOON)
    assert "RETURNING" in captured[0]["sql"]


def test_a_request_that_is_held_up_is_told_why_and_for_how_long(client):
    asked(client, 2)
    answer = ask(client)
    assert answer["Retry-After"] == "50"
    said = gettext("No more requests this minute: the limit is %(most)d. Ask again in %(wait)d s.")
    assert answer.json()["detail"] == said % {"most": 2, "wait": 50}
    assert "no-store" in answer["Cache-Control"]


class TestHeaders:
    def test_say_to_all_what_the_limits_are(self, client):
        policy = '"anonymous-minute";q=2;w=60, "anonymous-day";q=3;w=86400'
        assert ask(client)["RateLimit-Policy"] == policy

    def test_do_not_say_to_all_what_is_left_to_one(self, client):
        answer = ask(client)
        assert answer["Cache-Control"].startswith("public")
        assert not answer.has_header("RateLimit")

    def test_say_what_is_left_with_a_key(self, client):
        answer = ask(client, key=ApiKeyFactory())
        assert answer["RateLimit"] == '"key-minute";r=2;t=50, "key-day";r=4;t=43190'

    def test_say_what_is_left_to_who_is_held_up(self, client):
        asked(client, 2)
        left = '"anonymous-minute";r=0;t=50, "anonymous-day";r=1;t=43190'
        assert ask(client)["RateLimit"] == left

    def test_come_with_what_did_not_change(self, client):
        key = ApiKeyFactory()
        with time_machine.travel(NOON, tick=False):
            tag = client.get(CLAIMS, **key.header)["ETag"]
            headers = key.header["headers"] | {"If-None-Match": tag}
            again = client.get(CLAIMS, headers=headers)
        assert (again.status_code, again["RateLimit"][:16]) == (304, '"key-minute";r=1')


class TestCaches:
    def test_keep_what_is_asked_without_a_key_for_all(self, client):
        answer = ask(client)
        assert "s-maxage" in answer["Cache-Control"]
        assert "Authorization" not in answer["Vary"]

    def test_keep_nothing_that_is_asked_with_one(self, client):
        answer = ask(client, key=ApiKeyFactory())
        assert answer["Cache-Control"] == "private, no-cache"
        assert re.search(r"[0-9a-f]{32}", answer["ETag"])


def test_the_counts_of_addresses_spare_the_disk():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relpersistence FROM pg_class WHERE relname = ANY(%s)",
            [[AddressUsage._meta.db_table, KeyUsage._meta.db_table]],
        )
        kept = dict(cursor.fetchall())
    assert kept == {"claims_addressusage": "u", "claims_keyusage": "p"}


def test_what_came_from_an_address_is_forgotten_the_next_day(client):
    ask(client)
    forget(NOON + 12 * HOUR - timedelta(seconds=11))
    assert AddressUsage.objects.exists()
    forget(NOON + 12 * HOUR)
    assert not AddressUsage.objects.exists()


def test_how_a_key_was_used_is_forgotten_after_a_year_and_a_month(client):
    key = ApiKeyFactory()
    ask(client, key=key)
    forget(NOON + timedelta(days=400))
    assert key.usage.exists()
    forget(NOON + timedelta(days=401))
    assert not key.usage.exists()
