"""Variables of the database session, which triggers, views and policies read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled


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


@contextmanager
def no_statement_longer(seconds: float) -> Iterator[None]:
    """Inside, the database gives up what takes longer: TimeoutError. Opens a transaction."""
    try:
        with session_variable("statement_timeout", str(int(seconds * 1000))):
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TimeoutError from error
        raise


def _get(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return cursor.fetchone()[0]


def _set(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
