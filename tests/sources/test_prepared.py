"""Statements that each request asks are planned once a connection."""

import pytest
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext

from sources.models import Word
from sources.prepared import prepared, preparing

pytestmark = pytest.mark.django_db
KEPT = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"


def asked(sql: str, params=()) -> object:
    with prepared() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def kept(statement: str = "SELECT 6 * $1%") -> int:
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [statement])
        return cursor.fetchone()[0]


def test_what_is_asked_often_is_kept_by_the_database_whatever_the_values():
    assert [asked("SELECT 6 * %s", [number]) for number in range(10)] == list(range(0, 60, 6))
    assert kept() == 1


def test_so_are_the_rows_of_models():
    for name in "abcdefghij":
        with preparing():
            list(Word.objects.filter(text=name))
    assert kept('SELECT "sources_word"%') == 1


def test_other_statements_go_as_they_always_do():
    with prepared():
        pass
    for number in range(10):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 6 * %s", [number])
    assert kept() == 0


def test_it_is_logged_whole():
    with CaptureQueriesContext(connection) as captured:
        asked("SELECT 2 * %s", [7])
    assert [query["sql"] for query in captured] == ["SELECT 2 * 7"]


def test_its_faults_are_those_of_the_framework():
    with pytest.raises(DataError):
        asked("SELECT 1 / %s", [0])
