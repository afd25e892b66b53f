"""Many at once, over real connections: never more than there is."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from rest_framework.exceptions import Throttled

from claims.api.keys.spend import spend
from claims.models import AddressUsage, KeyUsage
from claims.models.api_key import Limits
from tests.factories import ApiKeyFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 26, 11, 0, 10, tzinfo=UTC)
THREADS = 8


def at_once(act, times: int) -> list:
    """What each gave, from ``THREADS`` connections that begin together."""
    barrier = Barrier(THREADS)

    def run(_number):
        try:
            barrier.wait()
            return [act() for _ in range(times)]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return [given for each in pool.map(run, range(THREADS)) for given in each]


@pytest.mark.parametrize("limits", [Limits(50, 1000), Limits(1000, 50)])
def test_of_many_at_once_as_many_are_let_in_as_may(limits):
    let_in = at_once(lambda: spend(AddressUsage, "a" * 64, limits, NOON).let_in, times=20)
    assert (len(let_in), sum(let_in)) == (160, 50)
    row = AddressUsage.objects.get()
    assert (row.requests, row.read, row.refused) == (50, 50, 110)


def test_over_the_end_of_a_minute_each_minute_has_its_own():
    moments = iter([NOON + timedelta(seconds=number) for number in range(160)])
    limits = Limits(20, 1000)
    spent = at_once(lambda: spend(AddressUsage, "a" * 64, limits, next(moments)), times=20)
    by_minute = Counter(each.minute for each in spent if each.let_in)
    assert list(by_minute.values()) == [20, 20, 20]


def test_requests_that_come_at_once_are_held_up(settings):
    settings.API_LIMITS = settings.API_LIMITS | {"anonymous_minute": 1000, "anonymous_day": 10}
    codes = at_once(lambda: Client().get("/api/v1/ratings/").status_code, times=3)
    assert (codes.count(200), codes.count(429)) == (10, 14)


def test_extractions_asked_for_at_once_are_no_more_than_there_are():
    key = ApiKeyFactory(scopes=["extract"], extractions_a_day=25)

    def extract():
        try:
            spend(KeyUsage, key.pk, key.limits, NOON).extract(20_000)
        except Throttled:
            return False
        return True

    assert sum(at_once(extract, times=4)) == 12
    assert key.usage.get().extractions == 24
