"""What a database holds, in figures that two databases can be compared by."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

from claims.protected import UNLOCKED

TABLES = """
SELECT format('%I.%I', nspname, relname)
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'r' AND nspname <> 'information_schema' AND nspname !~ '^pg_'
ORDER BY 1
"""
# The order of rows does not matter: it is no part of a table.
ROWS = """
SELECT count(*), coalesce(sum(
    ('x' || encode(substring(sha256(convert_to(t::text, 'UTF8')) FOR 8), 'hex'))::bit(64)::bigint
), 0)::text
FROM ONLY {table} t
"""
SEQUENCES = """
SELECT format('%I.%I', schemaname, sequencename), coalesce(last_value, 0) FROM pg_sequences
ORDER BY 1
"""
# How values are written must not depend on how a server is set up.
WRITTEN = {
    "datestyle": "ISO, YMD",
    "timezone": "UTC",
    "bytea_output": "hex",
    "intervalstyle": "postgres",
    "extra_float_digits": "1",
}


class Table(NamedTuple):
    """How many rows it has, and a number made of all that stands in them."""

    rows: int
    digest: str


@contextmanager
def at_one_moment() -> Iterator[CursorWrapper]:
    """A cursor that sees the database as it is now, all of it, whatever is written meanwhile."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for name, value in (*WRITTEN.items(), UNLOCKED):
                cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
            yield cursor
    finally:
        own.close()


def tables(cursor: CursorWrapper) -> list[str]:
    """The names of all tables, quoted, with their schema."""
    cursor.execute(TABLES)
    return [name for (name,) in cursor.fetchall()]


def contents(cursor: CursorWrapper, step: Callable[[], None]) -> dict[str, Table]:
    """What is in each table; ``step`` is called after each."""
    found = {}
    for name in tables(cursor):
        cursor.execute(ROWS.format(table=name))
        found[name] = Table(*cursor.fetchone())
        step()
    return found


def sequences(cursor: CursorWrapper) -> dict[str, int]:
    """The last number that each sequence gave."""
    cursor.execute(SEQUENCES)
    return dict(cursor.fetchall())
