"""One page of a list: its rows, and where the pages beside it begin."""

from dataclasses import dataclass

from django.db.models import QuerySet

from claims.api.cursor import Cursor, Place
from claims.api.resource import Resource

Row = tuple[int, str]  # the id in the database, and the JSON


@dataclass(frozen=True)
class Page:
    """Some rows in their order, and where the next and the previous page begin, if there are."""

    rows: list[Row]
    next: Cursor | Place | None
    previous: Cursor | Place | None


@dataclass(frozen=True)
class Wanted:
    """Which rows of a resource, None for all public ones; in the order of which columns, all
    descending, none: few rows, in an order of their own. ``fields`` are all by default; ``origin``
    begins whole addresses."""

    resource: Resource
    rows: QuerySet | None
    by: tuple[str, ...]
    fields: list[str] | None
    origin: str

    def page(self, cursor: str | None, limit: int) -> Page:
        """That with so many rows that begins there, the first by default; raises Refused."""
        return self._after(cursor, limit) if self.by else self._ranked(cursor, limit)

    def _after(self, asked: str | None, limit: int) -> Page:
        cursor = None if asked is None else Cursor.parse(asked, self.resource.model, self.by)
        found = self._found(cursor, limit)
        more, found = len(found) > limit, found[:limit]
        later, earlier = more, cursor is not None
        if cursor and cursor.back:
            found.reverse()
            later, earlier = True, more
        return Page(
            [(place[-1], text) for place, text in found if text],
            Cursor(found[-1][0]) if found and later else None,
            Cursor(found[0][0], back=True) if found and earlier else None,
        )

    def _found(self, cursor: Cursor | None, limit: int) -> list[tuple[tuple, str | None]]:
        """So many rows from there on, the nearest first, and one more without its JSON if there is:
        the columns of the order, the id last, and the JSON."""
        if self.rows is None and not self.resource.among:
            return self.resource.public(cursor, limit, self.origin, self.fields)
        rows = self._nearest(cursor, limit + 1)
        ordered = cursor.beyond(rows, self.by) if cursor else rows.order_by(*self.by)
        columns = [column.removeprefix("-") for column in self.by]
        places = list(ordered.values_list(*columns)[: limit + 1])
        texts = dict(self._rows([place[-1] for place in places[:limit]]))
        return [(place, texts.get(place[-1])) for place in places]

    def count(self, most: int) -> int:
        """How many there are; ``most`` and one, if more."""
        return self._nearest(None, most + 1).order_by()[: most + 1].count()

    def _nearest(self, cursor: Cursor | None, most: int) -> QuerySet:
        """The rows, or where few are public of very many, so many from there on at least."""
        if self.rows is not None:
            return self.rows
        if not self.resource.among:
            return self.resource.published()
        sources = []
        for rows, column in self.resource.among():
            if cursor:
                side = "gt" if cursor.back else "lt"
                rows = rows.filter(**{f"{column}__{side}": cursor.values[-1]})
            order = column if cursor and cursor.back else f"-{column}"
            sources.append(rows.order_by(order).distinct().values(column)[:most])
        first, *others = sources
        return self.resource.published().filter(pk__in=first.union(*others, all=True))

    def _ranked(self, asked: str | None, limit: int) -> Page:
        place = Place(0) if asked is None else Place.parse(asked)
        found = list(self.rows.values_list("pk", flat=True)[place.rows : place.rows + limit + 1])
        return Page(
            self._rows(found[:limit]),
            Place(place.rows + limit) if len(found) > limit else None,
            Place(max(place.rows - limit, 0)) if place.rows else None,
        )

    def _rows(self, pks: list[int]) -> list[Row]:
        return [(pk, text) for pk, _id, text in self.resource.texts(pks, self.origin, self.fields)]
