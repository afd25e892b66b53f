"""A resource of the API: which rows it has, how they look, in what order and by what id."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model, QuerySet
from rest_framework import serializers

from claims.api.fields import IdField, RefField, RefsField
from claims.api.sql import AsText, json_object

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
    """

    name: str
    serializer: type[serializers.Serializer]
    published: Callable[[], QuerySet]
    by: tuple[str, ...] = ("-pk",)
    find: Callable[[str], dict[str, object] | None] = by_public_id
    among: Callable[[], list[tuple[QuerySet, str]]] | None = None

    @property
    def model(self) -> type[Model]:
        return self.published().model

    @property
    def references(self) -> dict[str, RefField | RefsField]:
        """The fields that name other rows: what may be included."""
        fields = self.serializer().fields.items()
        return {name: of for name, of in fields if isinstance(of, RefField | RefsField)}

    def in_order(self, rows: QuerySet) -> QuerySet:
        return rows.order_by(*self.by)

    def json(
        self, rows: QuerySet, origin: str = settings.SITE, names: Iterable[str] | None = None
    ) -> QuerySet:
        """The rows with their ``id`` in the API and their ``json``, a text.

        ``names`` are the fields it has, all by default; pages' addresses begin with ``origin``.
        """
        serializer = self.serializer()
        id_field: IdField = serializer.fields["id"]
        row = json_object(serializer, names, origin=origin)
        return rows.annotate(api_id=id_field.sql("", origin), json=AsText(row))

    def documents(self, rows: QuerySet, origin: str = settings.SITE) -> Iterator[tuple[str, str]]:
        """The id and the JSON of each of the rows, a few hundred in memory at a time."""
        found = self.json(rows, origin).values_list("api_id", "json")
        yield from found.iterator(chunk_size=CHUNK)
