"""A key is made, given out once, and revoked."""

import hashlib
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.db.models import ProtectedError

from claims import roles
from claims.api.keys.make import make, revoke
from claims.api.keys.written import PATTERN, Written
from claims.models import ApiKey, ApiSecret
from tests.factories import ApiKeyFactory, UserFactory

pytestmark = pytest.mark.django_db


def new(**fields) -> ApiKey:
    return ApiKey(name="Le Journal", contact="api@journal.test", **fields)


@pytest.fixture
def chief():
    return UserFactory(role=roles.CHIEF)


def test_it_is_known_by_its_beginning(chief):
    """As those look for that search code for secrets."""
    key = new()
    written = make(key, chief)
    assert re.fullmatch(r"constat_[a-z0-9]{8}_[A-Za-z0-9]{43}", written)
    assert written.startswith(f"constat_{key.prefix}_")


def test_no_two_are_alike():
    assert len({Written.new().text for _ in range(50)}) == 50


def test_of_its_secret_a_digest_is_kept(chief):
    key = new()
    secret = PATTERN.fullmatch(make(key, chief))[2]
    assert key.secret.sha256 == hashlib.sha256(secret.encode()).hexdigest()


def test_its_secret_is_in_no_table_and_its_digest_in_no_history(chief):
    key = new()
    secret = PATTERN.fullmatch(make(key, chief))[2]
    revoke(key, chief, "Perdue.")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^claims_api|^pgh'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f"SELECT row::text FROM {table} AS row")
            rows += [(table, text) for (text,) in cursor.fetchall()]
    assert "claims_apikeyevent" in {table for table, _text in rows}
    assert not [table for table, text in rows if secret in text]
    assert {table for table, text in rows if key.secret.sha256 in text} == {"claims_apisecret"}


def test_it_is_not_shown_where_it_is_printed():
    written = Written.new()
    assert written.secret not in repr(written)


def test_history_says_who_made_and_who_revoked_it(chief):
    other, key = UserFactory(role=roles.CHIEF), new()
    make(key, chief)
    revoke(key, other, "Elle a fui.")
    events = ApiKey.pgh_event_model.objects.filter(id=key.pk).order_by("pgh_id")
    assert [event.pgh_context.metadata["user"] for event in events] == [chief.pk, other.pk]
    assert events[1].pgh_context.metadata["reason"] == "Elle a fui."


def test_who_revoked_it_first_stays(chief):
    key = new()
    make(key, chief)
    revoke(key, chief)
    first = key.revoked_at
    revoke(key, UserFactory(role=roles.CHIEF))
    assert (key.revoked_by, key.revoked_at) == (chief, first)


@pytest.mark.parametrize("role", [roles.CONTRIBUTOR, roles.EDITOR])
def test_only_chiefs_make_and_revoke_them(role):
    by, key = UserFactory(role=role), ApiKeyFactory()
    with pytest.raises(PermissionDenied):
        make(new(), by)
    with pytest.raises(PermissionDenied):
        revoke(key, by)
    key.refresh_from_db()
    assert (ApiKey.objects.count(), key.revoked_at) == (1, None)


def test_it_is_never_deleted():
    with pytest.raises(ProtectedError):
        ApiKeyFactory().delete()


BREACHES = {
    "apikey_prefix_once": lambda: ApiKey.objects.update(prefix="a"),
    "apikey_has_a_name": lambda: ApiKeyFactory(name=""),
    "apikey_scopes_are_known": lambda: ApiKeyFactory(scopes=["publish"]),
    "apikey_revoked_by_somebody": lambda: ApiKeyFactory(revoked_by=UserFactory()),
}


@pytest.mark.parametrize("name", BREACHES)
def test_the_database_refuses_a_breach_of(name):
    ApiKeyFactory.create_batch(2)
    with pytest.raises(IntegrityError, match=name):
        BREACHES[name]()


def test_every_constraint_has_a_breach():
    assert {constraint.name for constraint in ApiKey._meta.constraints} == set(BREACHES)
    assert not ApiSecret._meta.constraints
