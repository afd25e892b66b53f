"""History: the database keeps every version of a tracked row, whoever changes it and however.

A trigger copies the row into its event table on each insert, update and delete, in bulk and in raw
SQL too. Events are never changed. Two times are kept: ``pgh_created_at``, by the clock of the
server, and ``pgh_recorded_at``, since when the record says this; they differ only for what is
loaded as recorded earlier (``record_clock``). sources/past.py reads the record as of any time.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import pghistory
import pghistory.models
import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from pghistory.core import event_models

from sources.session import session_variable


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


def tracked(
    model: type[models.Model] | None = None, *, indexes: Sequence[models.Index] = ()
) -> type[models.Model] | Callable[[type[models.Model]], type[models.Model]]:
    """Class decorator: keep the history of ``model`` in an event model named after it, with
    ``indexes`` of its own: ``@tracked`` or ``@tracked(indexes=[…])``."""
    if model is None:
        return partial(tracked, indexes=indexes)
    name = model._meta.object_name.lower()
    track = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        base_model=Event,
        append_only=True,
        meta={
            # What did this row say at that time?
            "indexes": [models.Index(fields=["id", "pgh_id"], name=f"{name}_versions"), *indexes],
        },
    )
    return track(model)


def installed_events() -> list[type[Event]]:
    """The event models whose tables there are: all of them, unless migrations stopped halfway."""
    tables = set(connection.introspection.table_names())
    return [
        event
        for event in event_models()
        if issubclass(event, Event) and event._meta.db_table in tables
    ]


def install_triggers(*, plan=None, **kwargs) -> None:
    """After migrations: what the models say of triggers, in place of what they said before."""
    if plan is None:  # Tables were emptied, which sends the signal too: what is derived stays.
        return
    tables = set(connection.introspection.table_names())
    for model, trigger in pgtrigger.registered():
        if model._meta.db_table in tables:
            trigger.install(model)
    pgtrigger.prune()


def install_guards(*, plan=None, **kwargs) -> None:
    """After migrations: rows keep their ids, texts are kept, history only grows (history.sql)."""
    if plan is None:  # Tables were emptied, which sends the signal too: what is derived stays.
        return
    if not (events := installed_events()):
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute((Path(__file__).parent / "sql" / "history.sql").read_text("utf-8"))
        for event in events:
            cursor.execute(_keeps_its_id(event.pgh_tracked_model))
            cursor.execute(
                "CREATE OR REPLACE TRIGGER history_moves_forward BEFORE INSERT"
                f" ON {event._meta.db_table} FOR EACH ROW WHEN (NEW.pgh_label <> 'insert')"
                " EXECUTE FUNCTION history_moves_forward()"
            )
        for model in (apps.get_model("sources", name) for name in ("snapshot", "sentence")):
            cursor.execute(_keeps_its_id(model))
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER text_is_kept BEFORE DELETE ON {model._meta.db_table}"
                " FOR EACH ROW EXECUTE FUNCTION text_is_kept()"
            )


def _keeps_its_id(model: type[models.Model]) -> str:
    columns = {field.column for field in model._meta.concrete_fields} & {"id", "public_id"}
    changed = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in sorted(columns))
    return (
        f"CREATE OR REPLACE TRIGGER keeps_its_id BEFORE UPDATE ON {model._meta.db_table}"
        f" FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION row_keeps_its_id()"
    )


@contextmanager
def record_clock(at: datetime) -> Iterator[None]:
    """Changes inside are kept as recorded ``at`` that time: for loading what was decided before.

    Opens a transaction. The server's own time is kept beside it, so nothing can be passed off as
    older than it is.
    """
    with session_variable("constat.clock", at.isoformat()):
        yield
