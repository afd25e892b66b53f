import pytest
from django.db import connection

from sources.session import planned

pytestmark = pytest.mark.django_db


def shown(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(("walking", "index"), [(True, "on"), (False, "off")])
def test_how_a_query_is_planned_is_said_for_a_while(walking, index):
    names = ("enable_indexscan", "max_parallel_workers_per_gather")
    usual = [shown(name) for name in names]
    with planned(walking=walking):
        assert [shown(name) for name in names] == [index, "0"]
    assert [shown(name) for name in names] == usual
