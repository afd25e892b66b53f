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
def planned(*, walking: bool) -> Iterator[None]:
    """Inside, no query is shared out among processes, which costs a small machine more than it
    gains; and unless ``walking``, none reads rows one by one in the order of an index. Opens a
    transaction, unless there is one.
    """
    wanted = {"max_parallel_workers_per_gather": "0"}
    if not walking:
        wanted["enable_indexscan"] = "off"
    with transaction.atomic(savepoint=False):
        before = _swap(wanted)
        yield
        _swap(before)


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


def _swap(values: dict[str, str]) -> dict[str, str]:
    """Set these, which there are; what they were. One query."""
    asked = ", ".join(["current_setting(%s), set_config(%s, %s, true)"] * len(values))
    with connection.cursor() as cursor:
        params = [part for name, value in values.items() for part in (name, name, value)]
        cursor.execute(f"SELECT {asked}", params)
        return dict(zip(values, cursor.fetchone()[::2], strict=True))
