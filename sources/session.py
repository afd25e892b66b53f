"""Variables of the database session, which triggers, views and policies read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def session_variable(name: str, value: str) -> Iterator[None]:
    """Inside, the variable is ``value``; afterwards what it was. Opens a transaction.

    Where something is raised, the transaction's end sets it back.
    """
    with transaction.atomic():
        before = _get(name)
        _set(name, value)
        yield
        _set(name, before)


def _get(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return cursor.fetchone()[0]


def _set(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
