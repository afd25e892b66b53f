"""Rows in the order they became public, page by page, however many there are."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, F, Func, Model, QuerySet, Value

from claims.atom.entry import Entry

ENTRIES = 30  # on a page
NAME = re.compile("[a-z0-9]{1,18}")


@dataclass(frozen=True)
class Stream:
    """``rows`` of one kind; ``moment`` is the field that says since when they are public, ``name``
    the one by which a row is named in addresses. ``tell`` sets on those of a page what the query
    does not bring."""

    rows: QuerySet
    moment: str
    entry: Callable[[Model], Entry]
    name: str = "public_id"
    tell: Callable[[list[Model]], None] = lambda rows: None

    def find(self, name: str) -> tuple[datetime, int] | None:
        """The moment and the id of the row of that name, be it public still or not."""
        if self.name == "pk" and not name.isdecimal():
            return None
        named = self.rows.model.objects.filter(**{self.name: name, f"{self.moment}__isnull": False})
        return named.values_list(self.moment, "pk").first()

    def latest(self, number: int) -> list[Model]:
        return self._first(self.rows, number)

    def until(self, moment: datetime, below: int | None, number: int) -> list[Model]:
        """The latest up to that moment; of those of that very moment, those with ids ``below``."""
        if below is None:
            rows = self.rows.filter(**{f"{self.moment}__lte": moment})
        else:
            rows = self.rows.filter(_before(self.moment, moment, below))
        return self._first(rows, number)

    def _first(self, rows: QuerySet, number: int) -> list[Model]:
        found = list(rows.order_by(f"-{self.moment}", "-pk")[:number])
        self.tell(found)
        return found


def _before(name: str, moment: datetime, pk: int) -> Func:
    """Both compared at once, which is where the index begins to be read."""
    here = Func(F(name), F("pk"), function="ROW")
    there = Func(Value(moment), Value(pk), function="ROW")
    return Func(
        here,
        there,
        template="(%(expressions)s)",
        arg_joiner=" < ",
        output_field=BooleanField(),
    )


def page(streams: Sequence[Stream], before: str = "") -> tuple[list[Entry], str]:
    """The entries that come after the row named ``before`` (the latest, if it is empty), and the
    name of the last of them if there are more.

    Of several streams at the same moment the first one comes first. Raises LookupError if there is
    no row of that name.
    """
    number = ENTRIES + 1
    if not before:
        found = [stream.latest(number) for stream in streams]
    else:
        place, (moment, pk) = _find(streams, before)
        # At the very moment: what comes before its stream was told, what comes after was not.
        found = [
            stream.until(moment, 0 if n < place else pk if n == place else None, number)
            for n, stream in enumerate(streams)
        ]
    rows = [
        (stream, row)
        for stream, rows in zip(streams, found, strict=True)
        for row in rows
    ]  # fmt: skip
    # Stable: at the same moment they stay in the order they came.
    rows.sort(key=lambda told: getattr(told[1], told[0].moment), reverse=True)
    shown, more = rows[:ENTRIES], rows[ENTRIES:]
    last = str(getattr(shown[-1][1], shown[-1][0].name)) if more else ""
    return [stream.entry(row) for stream, row in shown], last


def _find(streams: Sequence[Stream], name: str) -> tuple[int, tuple[datetime, int]]:
    if NAME.fullmatch(name):
        for place, stream in enumerate(streams):
            if found := stream.find(name):
                return place, found
    raise LookupError(name)
