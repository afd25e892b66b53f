"""History: the database keeps every version of a tracked row, whoever changes it and however.

A trigger copies the row into its event table on each insert, update and delete, in bulk and in raw
SQL too. Events are never changed. Two times are kept: ``pgh_created_at``, by the clock of the
server, and ``pgh_recorded_at``, since when the record says this; they differ only for what is
loaded as recorded earlier (``record_clock``). sources/past.py reads the record as of any time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pghistory
import pghistory.models
from django.db import connection, models, transaction


class RecordClock(models.Func):
    """The time by the record's clock: the server's, unless ``record_clock`` set another."""

    function = "record_clock"
    arity = 0
    output_field = models.DateTimeField()


class SessionUser(models.Func):
    """The database role that is connected: who it was where no person is known."""

    template = "SESSION_USER"
    output_field = models.TextField()


class Event(pghistory.models.Event):
    """One version of a row, and what made it: insert, update or delete."""

    pgh_id = models.BigAutoField(primary_key=True)
    pgh_recorded_at = models.DateTimeField(db_default=RecordClock())
    pgh_database_user = models.TextField(db_default=SessionUser())

    class Meta:
        abstract = True


def tracked(model: type[models.Model]) -> type[models.Model]:
    """Class decorator: keep the history of ``model`` in an event model named after it."""
    name = model._meta.object_name.lower()
    track = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        base_model=Event,
        append_only=True,
        meta={
            # What did this row say at that time?
            "indexes": [models.Index(fields=["id", "pgh_id"], name=f"{name}_versions")],
        },
    )
    return track(model)


@contextmanager
def record_clock(at: datetime) -> Iterator[None]:
    """Changes inside are kept as recorded ``at`` that time: for loading what was decided before.

    Opens a transaction. The server's own time is kept beside it, so nothing can be passed off as
    older than it is.
    """
    with transaction.atomic():
        before = _clock()
        _set_clock(at.isoformat())
        yield
        _set_clock(before)


def _clock() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('constat.clock', true), '')")
        return cursor.fetchone()[0]


def _set_clock(time: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('constat.clock', %s, true)", [time])
