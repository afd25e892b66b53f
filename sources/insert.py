"""New rows, in bulk: by INSERT, or by COPY where many are loaded at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, connection, models
from psycopg import sql
from psycopg.errors import UniqueViolation

T = TypeVar("T", bound=models.Model)
P, R = ParamSpec("P"), TypeVar("R")

_copying = ContextVar("copying", default=False)


@contextmanager
def by_copy() -> Iterator[None]:
    """Inside, ``insert`` uses COPY. Triggers and constraints hold as ever; but who acts is not
    noted in the history, so it is for what no person does.
    """
    before = _copying.set(True)
    try:
        yield
    finally:
        _copying.reset(before)


def insert(model: type[T], rows: list[T]) -> list[T]:
    """Write new rows, which get their ids; in the transaction that is open."""
    if not _copying.get():
        return model.objects.bulk_create(rows)
    if rows:
        _number(model, rows)
        _copy(model, rows)
    return rows


def drawing_again(act: Callable[P, R]) -> Callable[P, R]:
    """``act``, a transaction, done again where a row drew the public id of another: 47 bits are
    drawn twice some twenty times in a hundred million (docs/capacity.md).
    """

    @wraps(act)
    def again(*args: P.args, **kwargs: P.kwargs) -> R:
        while True:
            try:
                return act(*args, **kwargs)
            except IntegrityError as error:
                if not _is_drawn_twice(error.__cause__):
                    raise

    return again


def _is_drawn_twice(cause: BaseException | None) -> bool:
    return isinstance(cause, UniqueViolation) and "public_id" in (cause.diag.constraint_name or "")


def _number(model: type[T], rows: list[T]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, len(rows)],
        )
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk


def _copy(model: type[T], rows: list[T]) -> None:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(field.column) for field in fields),
    )
    # Django tells the driver's errors as its own, but not those of COPY.
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(command) as copy,
    ):
        for row in rows:
            values = ((field, field.pre_save(row, add=True)) for field in fields)
            copy.write_row([field.get_db_prep_save(value, connection) for field, value in values])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
