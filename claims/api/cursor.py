"""Pages of a list of any length: each begins after a row, so none costs more than the first."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import AutoField, BigIntegerField, F, Field, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _

from claims.query import Refused
from sources.fields import PartialDateField
from sources.partial_date import PartialDate

LONGEST = 400


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after the row with these ``values`` of the columns of the order, or,
    going ``back``, before it."""

    values: tuple
    back: bool = False

    def __str__(self) -> str:
        parts = [self.back, *map(_written, self.values)]
        text = json.dumps(parts, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str, model: type[Model], by: tuple[str, ...]) -> "Cursor":
        """Read what was given as ``next`` or ``previous`` in that order; raises Refused."""
        try:
            if len(text) > LONGEST:
                raise ValueError
            padded = text + "=" * (-len(text) % 4)
            back, *values = json.loads(base64.b64decode(padded, altchars="-_", validate=True))
            if not isinstance(back, bool) or len(values) != len(by):
                raise ValueError
            fields = [field_of(model, column) for column in by]
            read = [_read(field, value) for field, value in zip(fields, values, strict=True)]
        except (ValueError, TypeError, OverflowError, RecursionError):
            raise _no_cursor() from None
        return cls(tuple(read), back)

    def beyond(self, rows: QuerySet, by: tuple[str, ...]) -> QuerySet:
        """Of rows in that order, descending, those the page is of, the nearest first."""
        columns = [column.removeprefix("-") for column in by]
        here = Tuple(*map(F, columns))
        if self.back:
            return rows.filter(TupleGreaterThan(here, self.values)).order_by(*columns)
        return rows.filter(TupleLessThan(here, self.values)).order_by(*by)


@dataclass(frozen=True)
class Place:
    """Where a page begins in few rows, so many as are ever ranked: after the first ``rows``."""

    rows: int

    def __str__(self) -> str:
        return f"after-{self.rows}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Read what was given as ``next`` or ``previous``; raises Refused."""
        rows = text.removeprefix("after-")
        if text == rows or not (rows.isascii() and rows.isdigit() and len(rows) < 6):
            raise _no_cursor()
        return cls(int(rows))


def _no_cursor() -> Refused:
    sentence = _("“cursor” takes what an answer gave as its next or previous page.")
    return Refused("cursor", sentence)


def field_of(model: type[Model], column: str) -> Field:
    """The field of a column of an order."""
    name = column.removeprefix("-")
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


def _written(value) -> str | int:
    return value if isinstance(value, int) else value.isoformat()


def _read(field: Field, value: object):
    """As the column has it; raises ValueError for what no column of the kind can have."""
    if isinstance(field, BigIntegerField | AutoField):
        if type(value) is not int or not 0 <= value < 2**63:
            raise ValueError
        return value
    if not isinstance(value, str):
        raise ValueError
    if isinstance(field, PartialDateField):
        return PartialDate.parse(value)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)
