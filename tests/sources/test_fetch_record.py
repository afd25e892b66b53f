"""An attempt to fetch is written once."""

import pytest
from django.db import DatabaseError, IntegrityError, connection

from sources.models import Fetch, Site
from tests.factories import FetchFactory, SnapshotFactory

pytestmark = pytest.mark.django_db

FETCHED = {"outcome": "fetched", "reason": "", "size": 0, "sha256": "0" * 64}


@pytest.mark.parametrize(
    "change",
    [
        "url = 'x'", "final_url = 'x'", "at = now()", "outcome = 'refused'", "status = 200",
        "reason = 'x'", "etag = 'x'", "last_modified = 'x'", "media_type = 'x'", "charset = 'x'",
        "size = 1", "sha256 = 'x'",
    ],
)  # fmt: skip
def test_the_database_refuses_to_change_it(change):
    FetchFactory()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="Cannot update"):
        cursor.execute(f"UPDATE sources_fetch SET {change}")


def test_it_is_linked_to_a_snapshot_once():
    attempt = FetchFactory(**FETCHED)
    attempt.snapshot = SnapshotFactory()
    attempt.save(update_fields=["snapshot"])
    attempt.snapshot = SnapshotFactory()
    with pytest.raises(DatabaseError, match="Cannot update"):
        attempt.save(update_fields=["snapshot"])


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        (FETCHED | {"sha256": ""}, "fetch_has_digest"),
        (FETCHED | {"size": None}, "fetch_has_digest"),
        ({"outcome": "failed", "reason": ""}, "fetch_has_reason"),
        ({"outcome": "refused", "reason": ""}, "fetch_has_reason"),
        ({"outcome": "unchanged"}, "fetch_unchanged_since_another"),
    ],
)
def test_one_that_does_not_say_what_it_must_is_refused(fields, name):
    with pytest.raises(IntegrityError, match=name):
        FetchFactory(**fields)


def test_an_address_of_any_length_is_kept():
    url = "https://journal.test/" + "é" * 10_000
    FetchFactory(url=url)
    assert Fetch.objects.filter(url=url).exists()


def test_a_site_stands_once():
    Site.objects.create(origin="https://journal.test")
    with pytest.raises(IntegrityError, match="site_origin_once"):
        Site.objects.create(origin="https://journal.test")
