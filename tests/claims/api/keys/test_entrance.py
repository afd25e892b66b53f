"""Who asks is told by the key or the address, whatever is asked."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils.translation import gettext
from rest_framework.views import APIView

from claims.api.headers import FOLDERS
from claims.api.keys.make import revoke
from claims.models import AddressUsage, KeyUsage
from tests.factories import ApiKeyFactory, ClaimFactory, UserFactory

pytestmark = pytest.mark.django_db
CLAIMS = "/api/v1/claims/"
NOON = datetime(2026, 11, 26, 12, 0, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def bearing(text: str) -> dict:
    return {"headers": {"Authorization": text}}


def test_nobody_needs_a_key_to_read(client):
    assert client.get(CLAIMS).status_code == 200


def test_with_a_key_one_reads_the_same(client):
    claim = ClaimFactory(accepted=True)
    answer = client.get(CLAIMS, **ApiKeyFactory().header)
    assert [row["id"] for row in answer.json()["results"]] == [claim.public_id]


def test_a_key_is_good_on_the_day_it_expires(client):
    assert client.get(CLAIMS, **ApiKeyFactory(expires_on=NOON.date()).header).status_code == 200


def mistyped():
    return f"Bearer {ApiKeyFactory().written[:-1]}-"


def of_another_secret():
    return f"Bearer constat_{ApiKeyFactory().prefix}_{'a' * 43}"


def revoked():
    key = ApiKeyFactory()
    revoke(key, UserFactory(role="chief"))
    return f"Bearer {key.written}"


KNOWN = "No such API key: it is mistyped or was never given out."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (mistyped, KNOWN),
        (of_another_secret, KNOWN),
        (lambda: f"Bearer constat_abcdefgh_{'a' * 43}", KNOWN),
        (lambda: "Bearer", KNOWN),
        (lambda: "bearer é\x7f", KNOWN),
        (lambda: "Bearer " + "a" * 100_000, KNOWN),
        (revoked, "This API key was revoked."),
        (
            lambda: f"Bearer {ApiKeyFactory(expires_on=date(2026, 11, 25)).written}",
            "This API key has expired.",
        ),
        (lambda: ApiKeyFactory().written, "Send the key as: Authorization: Bearer constat_…"),
        (
            lambda: f"Token {ApiKeyFactory().written}",
            "Send the key as: Authorization: Bearer constat_…",
        ),
    ],
)
def test_a_key_that_opens_nothing_is_refused_in_words(client, given, said):
    answer = client.get(CLAIMS, **bearing(given()))
    assert (answer.status_code, answer.json()["detail"]) == (401, gettext(said))
    assert answer["WWW-Authenticate"] == 'Bearer realm="Constat", error="invalid_token"'
    assert "no-store" in answer["Cache-Control"]


def test_what_is_for_a_proxy_in_front_is_passed_over(client):
    assert client.get(CLAIMS, **bearing("Basic aWRhOmlkYQ==")).status_code == 200


def test_a_revoked_key_is_none_in_the_past_either(client):
    """What answers from the past would read the key as it was then."""
    key = ApiKeyFactory()
    before = datetime.now(UTC).isoformat()
    with time_machine.travel(NOON.replace(hour=13), tick=False):
        revoke(key, UserFactory(role="chief"))
        answer = client.get(CLAIMS, {"as_of": before}, **key.header)
    assert answer.status_code == 401


def test_a_key_opens_the_past_before_it_was_made(client):
    answer = client.get(CLAIMS, {"as_of": "2025-01-01"}, **ApiKeyFactory().header)
    assert answer.status_code == 200


def test_of_an_address_only_a_hash_is_kept(client):
    client.get(CLAIMS, REMOTE_ADDR="192.0.2.1")
    kept = AddressUsage.objects.get()
    assert (kept.requests, len(kept.address)) == (1, 64)
    assert "192.0.2.1" not in kept.address


def test_who_has_many_addresses_is_counted_as_one(client):
    for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"):
        client.get(CLAIMS, REMOTE_ADDR=address)
    assert AddressUsage.objects.get().requests == 2


@pytest.mark.parametrize(("proxies", "places"), [(0, 1), (1, 3), (2, 1)])
def test_the_address_is_what_our_own_proxies_saw(client, settings, proxies, places):
    """What a visitor writes there is believed of nobody."""
    settings.PROXIES = proxies
    for number in range(3):
        seen = f"203.0.113.{number}, 192.0.2.7, 192.0.2.{number}"
        client.get(CLAIMS, headers={"X-Forwarded-For": seen})
    assert AddressUsage.objects.count() == places


def test_pages_for_readers_are_not_counted(client):
    client.get("/claims/")
    assert not AddressUsage.objects.exists()


def test_what_is_asked_with_a_key_is_not_counted_by_address(client):
    client.get(CLAIMS, **ApiKeyFactory().header)
    assert (AddressUsage.objects.count(), KeyUsage.objects.get().read) == (0, 1)


def test_what_is_asked_with_a_revoked_key_is_seen(client):
    key = ApiKeyFactory()
    revoke(key, UserFactory(role="chief"))
    client.get(CLAIMS, **key.header)
    usage = key.usage.get()
    assert (usage.read, usage.refused) == (0, 1)


def test_wrong_keys_are_counted_by_address(client):
    client.get(CLAIMS, **bearing(of_another_secret()))
    assert AddressUsage.objects.get().refused == 1


def views(resolver: URLResolver, before: str = ""):
    """(address, view) of everything there is."""
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern, address)
        else:
            yield address, pattern.callback


def test_every_view_of_the_api_is_behind_it():
    found = [
        f"/{address}"
        for address, view in views(get_resolver())
        if issubclass(getattr(view, "cls", None) or getattr(view, "view_class", object), APIView)
    ]
    assert found
    assert [address for address in found if not address.startswith(FOLDERS)] == []


def test_no_token_is_asked_for(client):
    """A key is no cookie: what is sent with one needs no token of a form."""
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/api/v1/speakers/", **ApiKeyFactory().header).status_code == 405
