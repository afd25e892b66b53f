"""The record as it was: every query inside ``as_of`` reads the versions of that time.

The schema ``past`` has a view for each tracked table, by the table's name, over its event table.
Inside ``as_of`` it comes first in the search path, so that the same queries, and the same views and
functions, answer from the past. Tables without a history (snapshots, sentences) never change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, models, transaction

from sources.history import installed_events
from sources.session import session_variables

# What a generated column is made of; the past has it from the same words.
GENERATED = """
SELECT attname, pg_get_expr(adbin, adrelid) FROM pg_attribute
  JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
 WHERE attrelid = %s::regclass AND attgenerated = 's'
"""


@contextmanager
def as_of(at: datetime) -> Iterator[None]:
    """Read the record as it was at that time; nothing can be written inside."""
    past = {"search_path": "past, public", "constat.as_of": at.isoformat()}
    with session_variables(past):
        yield


def drop_views(**kwargs) -> None:
    """Before migrations: a table cannot be altered while a view reads it."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS past CASCADE")


def make_views(*, plan=None, **kwargs) -> None:
    """After migrations: the past of every tracked table."""
    if plan is None:  # Tables were emptied, which sends the signal too: what is derived stays.
        return
    with transaction.atomic(), connection.cursor() as cursor:
        drop_views()
        cursor.execute("CREATE SCHEMA past")
        for event in installed_events():
            cursor.execute(_past(event))


def _past(event: type[models.Model]) -> str:
    """The versions of that time: the last recorded by then, unless it was a deletion."""
    table, versions = event.pgh_tracked_model._meta.db_table, event._meta.db_table
    columns = ", ".join(
        f'version."{field.column}"' for field in event.pgh_tracked_model._meta.concrete_fields
    )
    with connection.cursor() as cursor:
        cursor.execute(GENERATED, [f"public.{table}"])
        columns += "".join(f', {made_of} AS "{name}"' for name, made_of in cursor.fetchall())
    return f"""
        CREATE VIEW past."{table}" AS
        SELECT {columns} FROM public."{versions}" version
        WHERE version.pgh_recorded_at <= record_as_of() AND version.pgh_label <> 'delete'
          AND NOT EXISTS (
            SELECT FROM public."{versions}" later
            WHERE later.id = version.id AND later.pgh_id > version.pgh_id
              AND later.pgh_recorded_at <= record_as_of())
    """
