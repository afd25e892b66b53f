"""A resource of the API: which rows it has, how they look, in what order and by what id."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from django.conf import settings
from django.db import connection
from django.db.models import Model, QuerySet
from rest_framework import serializers

from claims.api.cursor import Cursor, field_of
from claims.api.fields import RefField, RefsField
from claims.api.sql import function_of
from sources.prepared import prepared

CHUNK = 500  # rows the database gives at a time


def by_public_id(given: str) -> dict[str, object] | None:
    """The condition for the row of that public id; None for what can be none."""
    return {"public_id": given} if given.isalnum() else None


@dataclass(frozen=True)
class Resource:
    """``name`` is its folder; ``published`` gives what the public may see of its rows.

    Its rows have one order, ``by`` columns, all of them descending or all ascending, the last of
    which is unique. ``find`` are the conditions for the row of an id; None if no row has such one.
    Where few of very many rows are public, ``among`` are the rows that make them so and the column
    in which each names one, which an index has in order; then ``by`` is ``-pk``.
    ``indexed`` are its rows if an index has the public ones alone, or nearly, in their order; of
    others it is looked up one at a time.
    """

    name: str
    serializer: type[serializers.Serializer]
    published: Callable[[], QuerySet]
    by: tuple[str, ...] = ("-pk",)
    find: Callable[[str], dict[str, object] | None] = by_public_id
    among: Callable[[], list[tuple[QuerySet, str]]] | None = None
    indexed: bool = True

    @cached_property
    def model(self) -> type[Model]:
        return self.published().model

    @cached_property
    def fields(self) -> dict[str, serializers.Field]:
        """Those of its rows, by their names."""
        return dict(self.serializer().fields)

    @property
    def references(self) -> dict[str, RefField | RefsField]:
        """The fields that name other rows: what may be included."""
        fields = self.fields.items()
        return {name: of for name, of in fields if isinstance(of, RefField | RefsField)}

    def in_order(self, rows: QuerySet) -> QuerySet:
        return rows.order_by(*self.by)

    @cached_property
    def _public(self) -> str:
        """The query for the columns of the order of all public rows, composed once a process, which
        takes longer than finding them; with its values, or no plan could use an index of such
        rows alone."""
        columns = [column.removeprefix("-") for column in self.by]
        rows = self.published().order_by().values_list(*columns)
        with connection.cursor() as cursor:
            return cursor.mogrify(*rows.query.sql_with_params()).replace("%", "%%")

    def public(
        self, cursor: Cursor | None, limit: int, origin: str, fields: list[str] | None
    ) -> list[tuple[tuple, str | None]]:
        """So many public rows from there on, the nearest first, and one more without its JSON if
        there is: the columns of the order, the id last, and the JSON, as ``texts`` gives it."""
        names = [field_of(self.model, column).column for column in self.by]
        columns = ", ".join(names)
        where, turn, start = "", "DESC", ()
        if cursor:
            side, turn = (">", "ASC") if cursor.back else ("<", "DESC")
            where = f"WHERE ({columns}) {side} ({', '.join(['%s'] * len(names))})"
            start = cursor.values
        order = ", ".join(f"place.{name} {turn}" for name in names)
        document, chosen = _document(fields)
        # One statement, as each time the database is asked takes a tenth of a millisecond.
        sql = f"""
            WITH place AS MATERIALIZED (
              SELECT * FROM ({self._public}) AS place({columns}) {where}
               ORDER BY {order} LIMIT {limit + 1})
            SELECT {document}::text, place.*
              FROM place
              LEFT JOIN api_{self.name}(
                ARRAY(SELECT {names[-1]} FROM place ORDER BY {order} LIMIT {limit}), %s
              ) ON pk = place.{names[-1]}
             ORDER BY {order}
        """
        with prepared() as found:
            found.execute(sql, [*start, *chosen, origin])
            return [(tuple(place), text) for text, *place in found.fetchall()]

    def install(self) -> None:
        """Make its function in the database (claims/api/sql.py)."""
        with connection.cursor() as cursor:
            cursor.execute(function_of(self.name, self.model, self.serializer()))

    def texts(
        self, pks: list[int], origin: str = settings.SITE, fields: list[str] | None = None
    ) -> list[tuple[int, str, str]]:
        """Of the rows with these ids in the database, in that order: this, the id in the API, and
        the JSON. ``fields`` it has: all by default; addresses of pages begin with ``origin``."""
        document, chosen = _document(fields)
        with prepared() as cursor:
            cursor.execute(
                f"SELECT pk, name, {document}::text FROM api_{self.name}(%s, %s)",
                [*chosen, pks, origin],
            )
            return cursor.fetchall()

    def documents(self, rows: QuerySet, origin: str = settings.SITE) -> Iterator[tuple[str, str]]:
        """The id and the JSON of each of the rows, a few hundred in memory at a time."""
        pks = rows.values_list("pk", flat=True).iterator(chunk_size=CHUNK)
        while some := list(islice(pks, CHUNK)):
            yield from ((name, text) for _pk, name, text in self.texts(some, origin))


def _document(fields: list[str] | None) -> tuple[str, list]:
    """The expression for the JSON of a row with some of its fields, all by default, and its
    values."""
    if fields is None:
        return "document", []
    some = "(SELECT json_object_agg(key, value) FROM json_each(document) WHERE key = ANY(%s))"
    return some, [fields]
