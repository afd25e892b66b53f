"""Where in the database words stand: every column that holds text, JSON or bytes, of every table.

The tables are read from the catalogue, so that a new one is looked through too. Of those that hold
rows of documents, the rows of one document are (claims/redaction/family.py).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.apps import apps
from django.db import connection

from claims.models import Message
from claims.redaction.family import Family, events, reachable
from claims.redaction.words import Words
from sources.models import Entry, Fetch, RedactedText, Redaction, Snapshot, SubmittedItem, Word

COLUMNS = """
SELECT relname, attname, format_type(atttypid, NULL)
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
   AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
   AND format_type(atttypid, NULL) IN ('text', 'character varying', 'character', 'json', 'jsonb',
       'bytea', 'text[]', 'character varying[]')
 ORDER BY relname, attnum
"""
# Looked after apart, or about something else than documents and who is spoken of in them.
KEPT = {
    *(model._meta.db_table for model in (Snapshot, Word, Redaction, RedactedText)),
    Redaction.pgh_event_model._meta.db_table,
    "auth_group", "auth_permission", "auth_user", "django_content_type", "django_migrations",
    "sources_publisher", "sources_publisherevent", "sources_feed", "sources_feedevent",
    "sources_site", "sources_polling", "claims_scale", "claims_scaleevent", "claims_rating",
    "claims_ratingevent", "claims_apikey", "claims_apisecret", "claims_recoverycode",
    "claims_accountact", "claims_salt", "claims_tries", "claims_keyusage", "claims_addressusage",
}  # fmt: skip
CONTEXTS = "pghistory_context"
# Of these, what belongs to no document yet is looked through too.
UNBOUND = (Entry, Fetch, SubmittedItem)


@dataclass(frozen=True, eq=False)
class Column:
    """A column, and the condition on the rows of its table that are looked through."""

    table: str
    name: str
    type: str
    condition: str
    parameters: tuple


@dataclass(frozen=True)
class Found:
    """A row with the words: where it is, and what the columns say that have them."""

    table: str
    ctid: str
    said: dict[Column, object]


def columns(of: Family) -> Iterator[Column]:
    """The columns that may hold words of those rows."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        rows = cursor.fetchall()
    models = {model._meta.db_table: model for model in apps.get_models() if not model._meta.proxy}
    history, documents = events(), reachable()
    for table, name, kind in rows:
        if table in KEPT:
            continue
        condition, parameters = "true", ()
        model = history.get(table) or models.get(table)
        if table == CONTEXTS:
            condition, parameters = _contexts(of)
        elif model in documents:
            key = "id" if table in history else model._meta.pk.column
            condition, parameters = f'"{key}" = ANY(%s)', (list(of.get(model, ())),)
            if model in UNBOUND and table not in history:
                condition += " OR snapshot_id IS NULL"
        yield Column(table, name, kind, condition, parameters)


def find(words: Words, among: Iterable[Column]) -> Iterator[Found]:
    """Where in these columns the words stand; a question a table."""
    for table, group in groupby(among, attrgetter("table")):
        there = list(group)
        asked, parameters = [], []
        for column in there:
            in_bytes = column.type == "bytea"
            text = f"encode(\"{column.name}\", 'escape')" if in_bytes else f'"{column.name}"::text'
            if in_bytes:
                asked.append(f"{text} ~ ANY(%s)")
                parameters.append(words.sql_of_bytes)
            else:
                asked.append(f"{text} ~ %s AND {text} ~ ANY(%s)")
                parameters += [words.sql_first, words.sql]
        names = ", ".join(f'"{column.name}"' for column in there)
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT ctid::text, {names} FROM "{table}"'
                f" WHERE ({there[0].condition}) AND ({' OR '.join(asked)})",
                [*there[0].parameters, *parameters],
            )
            rows = cursor.fetchall()
        for ctid, *values in rows:
            said = {
                column: _loaded(value, column) for column, value in zip(there, values, strict=True)
            }
            said = {column: value for column, value in said.items() if words.out_of(value) != value}
            if said:
                yield Found(table, ctid, said)


def _loaded(value: object, column: Column) -> object:
    if isinstance(value, memoryview):
        return bytes(value)
    return json.loads(value) if column.type.startswith("json") and isinstance(value, str) else value


def _contexts(of: Family) -> tuple[str, tuple]:
    """Of the acts, those on these rows, and those on what belongs to no document."""
    parts, parameters = [], []
    for table, model in events().items():
        if keys := of.get(model):
            parts.append(f'SELECT pgh_context_id FROM "{table}" WHERE id = ANY(%s)')
            parameters.append(list(keys))
    parts.append(f"SELECT pgh_context_id FROM {Message.pgh_event_model._meta.db_table}")
    return f"id IN ({' UNION '.join(parts)})", tuple(parameters)
