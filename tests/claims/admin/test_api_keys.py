"""Keys of the API at the desk."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse

from claims import roles
from claims.api.keys.make import revoke
from claims.api.keys.spend import spend
from claims.api.keys.written import PATTERN
from claims.models import ApiKey, KeyUsage
from tests.claims.admin.forms import address, press, send
from tests.factories import ApiKeyFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
NEW = {"name": "Le Journal", "contact": "api@journal.test", "scopes": ["extract", "match"]}
NOON = datetime(2026, 11, 26, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def page(name: str) -> str:
    """The address of one, in the language of the test."""
    return reverse(f"admin:claims_apikey_{name}")


def used(key, days_ago=0, **kinds):
    """Counted as if it had been: ``read=3, refused=1``."""
    at = NOON - timedelta(days=days_ago)
    spend(KeyUsage, key.pk, key.limits, at)
    KeyUsage.objects.filter(key=key, day=at.date()).update(**{"read": 0} | kinds)


def listed(client, query="") -> list[ApiKey]:
    return client.get(f"{page('changelist')}?{query}").context["cl"].result_list


class TestOneThatIsMade:
    def test_is_shown_once(self, admin_client):
        shown = admin_client.post(page("add"), NEW)
        key = ApiKey.objects.get()
        written = PATTERN.search(shown.content.decode())
        assert written[1] == key.prefix
        for place in (address(key), address(key, "history"), page("changelist")):
            assert written[2] not in admin_client.get(place).content.decode()

    def test_opens_what_it_was_made_for(self, admin_client, client):
        written = PATTERN.search(admin_client.post(page("add"), NEW).content.decode())[0]
        answer = client.get("/api/v1/ratings/", headers={"Authorization": f"Bearer {written}"})
        assert answer.status_code == 200
        assert ApiKey.objects.get().scopes == ["extract", "match"]

    def test_is_in_a_field_to_be_copied(self, admin_client):
        shown = admin_client.post(page("add"), NEW).content.decode()
        field = re.search(r"<input[^>]*id=\"written\"[^>]*>", shown, re.DOTALL)[0]
        assert PATTERN.search(field)
        assert "readonly" in field
        assert "the only time it is shown" in shown

    def test_is_kept_by_no_cache_and_no_session(self, admin_client):
        shown = admin_client.post(page("add"), NEW)
        secret = PATTERN.search(shown.content.decode())[2]
        assert "no-store" in shown["Cache-Control"]
        assert not [row for row in Session.objects.all() if secret in str(row.get_decoded())]
        assert secret not in str(shown.cookies)

    def test_was_made_by_somebody(self, admin_client, admin_user):
        admin_client.post(page("add"), NEW)
        assert ApiKey.objects.get().made_by == admin_user

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"contact": "Ida"}, "Enter a valid email address."),
            ({"scopes": ["publish"]}, "publish is not one of the available choices"),
            ({"expires_on": "2026-11-25"}, "That day is over: to end a key now, revoke it."),
            ({"requests_a_minute": "-1"}, "greater than or equal to 0"),
        ],
    )
    def test_is_none_where_something_is_wrong(self, admin_client, given, said):
        shown = admin_client.post(page("add"), NEW | given).content.decode()
        assert said in shown
        assert not ApiKey.objects.exists()


class TestOneThatThereIs:
    def test_is_revoked_by_somebody_for_a_reason(self, admin_client, admin_user):
        key = ApiKeyFactory()
        press(admin_client, key, "revoke", reason="Elle a fui.")
        key.refresh_from_db()
        assert (key.revoked_by, key.revoked_at is not None) == (admin_user, True)
        assert "Elle a fui." in admin_client.get(address(key, "history")).content.decode()

    def test_stays_as_it_is_once_it_is_revoked(self, admin_client, admin_user):
        key = ApiKeyFactory(name="Avant")
        revoke(key, admin_user)
        admin_client.post(address(key), {"name": "Après"})
        key.refresh_from_db()
        assert key.name == "Avant"
        shown = admin_client.get(address(key)).content.decode()
        assert "claims_apikey_revoke" not in shown

    def test_is_given_other_scopes_and_limits(self, admin_client):
        key = ApiKeyFactory(scopes=["match"])
        send(admin_client, key, scopes=["propose"], requests_a_day=7)
        key.refresh_from_db()
        assert (key.scopes, key.limits.a_day) == (["propose"], 7)

    def test_is_not_deleted(self, admin_client):
        key = ApiKeyFactory()
        assert admin_client.post(address(key, "delete"), {"post": "yes"}).status_code == 403

    def test_shows_its_use_by_day_and_kind(self, admin_client):
        key = ApiKeyFactory(extractions_a_day=9)
        used(key, read=3, extract=2, extractions=4, requests=5)
        used(key, days_ago=29, refused=7)
        used(key, days_ago=30, read=100)
        context = admin_client.get(address(key)).context
        table = context["usage"].plot.table
        assert list(table.series) == ["read", "extract", "match", "propose", "refused"]
        first, *between, last = (list(row.values) for row in table.rows)
        assert (first, last) == ([0, 0, 0, 0, 7], [3, 2, 0, 0, 0])
        assert len(between) == 28
        assert not any(map(any, between))
        shown = admin_client.get(address(key)).content.decode()
        assert "12 requests in 30 days; most on " in shown
        assert "Today 5 of 200,000 requests are spent, and 4 of 9 extractions." in shown

    def test_that_was_never_used_says_so(self, admin_client):
        shown = admin_client.get(address(ApiKeyFactory())).content.decode()
        assert "Today 0 of 200,000 requests are spent" in shown


class TestTheList:
    def test_tells_how_much_each_is_used(self, admin_client):
        key, _unused = ApiKeyFactory(), ApiKeyFactory()
        used(key, read=3, refused=1)
        used(key, days_ago=29, match=2)
        used(key, days_ago=30, read=100)
        told = {(row.today, row.lately, row.last_used) for row in listed(admin_client)}
        assert told == {(4, 6, NOON), (0, 0, None)}

    def test_is_filtered_by_state_and_scope(self, admin_client, admin_user):
        revoked = ApiKeyFactory(scopes=["extract"])
        revoke(revoked, admin_user)
        expired = ApiKeyFactory(expires_on=NOON.date() - timedelta(days=1))
        good = ApiKeyFactory(expires_on=NOON.date(), scopes=["match"])
        for query, expected in (
            ("state=revoked", [revoked]),
            ("state=expired", [expired]),
            ("state=in_force", [good]),
            ("scope=extract", [revoked]),
            ("scope=match&state=in_force", [good]),
        ):
            assert listed(admin_client, query) == expected, query

    def test_is_searched_by_name_contact_and_prefix(self, admin_client):
        key = ApiKeyFactory(name="Agence du Nord", contact="ida@agence.test")
        ApiKeyFactory()
        for words in ("du nord", "ida@", key.prefix):
            assert listed(admin_client, f"q={words}") == [key], words

    def test_needs_as_many_queries_for_many_as_the_baseline(self, admin_client, counted_queries):
        for _row in range(10):
            used(ApiKeyFactory(), read=1)
        admin_client.get(page("changelist"))
        with counted_queries("admin api key list"):
            admin_client.get(page("changelist"))


@pytest.mark.parametrize(
    ("role", "seen"), [(roles.CONTRIBUTOR, 403), (roles.EDITOR, 403), (roles.CHIEF, 200)]
)
def test_only_chiefs_see_and_make_them(client, role, seen):
    client.force_login(UserFactory(role=role))
    assert client.get(page("changelist")).status_code == seen
    assert client.get(address(ApiKeyFactory())).status_code == seen
    assert client.post(page("add"), NEW).status_code == seen
    assert ApiKey.objects.filter(name="Le Journal").exists() is (seen == 200)
