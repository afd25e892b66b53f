"""The test database, emptied of what a test in real transactions left.

Django's way takes ten times as long: it truncates every table, and then makes permissions and
groups anew, which here just stay.
"""

from functools import cache

from django.db import connection

from claims.protected import UNLOCKED
from sources.session import session_variable

# What migrations leave; no test in real transactions changes it.
KEPT = {
    "django_migrations", "django_content_type", "auth_permission", "auth_group",
    "auth_group_permissions",
}  # fmt: skip


@cache
def _with_rows() -> str:
    """The query for the tables that have rows to delete."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {table for (table,) in cursor.fetchall()} - KEPT
    return " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (TABLE {table})" for table in tables)


def empty() -> None:
    """Delete all rows, also those that may not be deleted: nothing here is an act."""
    with session_variable(*UNLOCKED), connection.cursor() as cursor:
        cursor.execute(_with_rows())
        if not (tables := [table for (table,) in cursor.fetchall()]):
            return
        # In one statement: what refers to what is looked at when all are gone.
        gone = ", ".join(f"{table} AS (DELETE FROM {table})" for table in tables)
        steps = [
            *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables),
            f"WITH {gone} SELECT",
            "SET CONSTRAINTS ALL IMMEDIATE",
            *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables),
        ]
        cursor.execute("; ".join(steps))
