"""What the database refuses of feeds and their entries."""

import pytest
from django.db import DatabaseError, IntegrityError, connection

from tests.factories import EntryFactory, FeedFactory, PollingFactory, SnapshotFactory

pytestmark = pytest.mark.django_db

URL = "https://journal.test/a"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"url": "", "key": "1"}, "entry_url_not_empty"),
        ({"outcome": "taken_in"}, "entry_taken_in_has_snapshot"),
        ({"outcome": "paywalled"}, "entry_has_reason"),
        ({"outcome": "failed"}, "entry_has_reason"),
    ],
)
def test_an_entry_that_does_not_say_what_it_must_is_refused(fields, name):
    with pytest.raises(IntegrityError, match=name):
        EntryFactory(**fields)


def test_an_entry_that_was_not_taken_in_has_no_snapshot():
    with pytest.raises(IntegrityError, match="entry_taken_in_has_snapshot"):
        EntryFactory(snapshot=SnapshotFactory())


def test_an_address_is_one_entry_whatever_feed_announces_it():
    EntryFactory(url=URL)
    with pytest.raises(IntegrityError, match="entry_url_once"):
        EntryFactory(url=URL)


def test_an_id_is_one_entry_in_its_feed():
    feed = EntryFactory(key="1").feed
    EntryFactory(key="1")
    with pytest.raises(IntegrityError, match="entry_once_in_feed"):
        EntryFactory(feed=feed, key="1")


def test_entries_without_an_address_are_many():
    EntryFactory(url=None, key="1")
    EntryFactory(url=None, key="2")


@pytest.mark.parametrize(
    "change",
    ["key = 'x'", "url = 'x'", "title = 'x'", "published_at = now()", "seen_at = now()"],
)
def test_what_a_feed_announced_is_not_told_otherwise(change):
    EntryFactory()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="Cannot update"):
        cursor.execute(f"UPDATE sources_entry SET {change}")


def test_an_entry_is_never_forgotten():
    with pytest.raises(DatabaseError, match="Cannot delete"):
        EntryFactory().delete()


def test_a_feed_is_polled_by_one_rhythm():
    FeedFactory(url=URL)
    with pytest.raises(IntegrityError, match="feed_url_once"):
        FeedFactory(url=URL)


def test_a_feed_has_an_address():
    with pytest.raises(IntegrityError, match="feed_has_an_address"):
        FeedFactory(url="")


@pytest.mark.parametrize(("failures", "reason"), [(1, ""), (0, "the site is out of order")])
def test_a_feed_fails_for_a_reason(failures, reason):
    with pytest.raises(IntegrityError, match="polling_fails_for_a_reason"):
        PollingFactory(failures=failures, reason=reason)
