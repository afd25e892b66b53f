"""No site is asked faster than it bears, however many ask."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from sources.fetching.failure import Failed
from sources.fetching.time_limit import TimeLimit
from sources.fetching.turns import LONGEST_WAIT, take_turn
from sources.models import Site
from tests.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def site(db):
    return Site.objects.create(origin="https://journal.test")


@pytest.fixture(autouse=True)
def waited(monkeypatch):
    """The seconds each would have waited."""
    waited = []
    monkeypatch.setattr(TimeLimit, "wait", lambda limit, seconds: waited.append(round(seconds, 1)))
    return waited


def test_the_first_does_not_wait_and_the_next_do(site, waited):
    for _time in range(3):
        take_turn(site, 2, TimeLimit(NOON, 10))
    assert waited == [0, 2, 4]


def test_nobody_waits_where_nobody_asked_for_long(site, waited):
    take_turn(site, 2, TimeLimit(NOON, 10))
    take_turn(site, 2, TimeLimit(NOON + timedelta(seconds=5), 10))
    assert waited == [0, 0]


def test_each_site_has_its_own_turns(site, waited):
    take_turn(site, 2, TimeLimit(NOON, 10))
    take_turn(Site.objects.create(origin="https://autre.test"), 2, TimeLimit(NOON, 10))
    assert waited == [0, 0]


def test_where_too_many_wait_nobody_else_does(site, waited):
    site.next_at = NOON + LONGEST_WAIT + timedelta(seconds=9)
    site.save()
    with pytest.raises(Failed, match=r"https://journal\.test") as failure:
        take_turn(site, 2, TimeLimit(NOON, 10))
    assert failure.value.temporary
    assert waited == []
    assert Site.objects.get().next_at == site.next_at


@pytest.mark.django_db(transaction=True)
def test_several_at_once_get_one_turn_each(site, waited):
    def take(_nth):
        try:
            take_turn(site, 2, TimeLimit(NOON, 10))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(8)))
    assert sorted(waited) == [0, 2, 4, 6, 8, 10, 12, 14]
