"""Fields of the API's rows: how each looks in JSON, in the schema, and how PostgreSQL makes it."""

from collections.abc import Callable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Expression, F, Model, OuterRef, QuerySet, Value
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.ids import public_id
from claims.api.sql import (
    ORIGIN,
    DateText,
    Joined,
    SpanArray,
    SpanArrays,
    json_array,
    json_object,
)


class ReadOnly(serializers.Field):
    """A field that is only given."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs, read_only=True)


@extend_schema_field({"type": "string"})
class IdField(ReadOnly):
    """The id of the row in addresses and in whatever refers to it; it never changes."""

    def __init__(self, of: Callable[[str], Expression] = public_id, **kwargs):
        super().__init__(source="*", **kwargs)
        self.of = of

    def sql(self, at: str) -> Expression:
        """The id of this row."""
        return self.of(at)


@extend_schema_field({"type": ["string", "null"]})
class RefField(ReadOnly):
    """The id of another row, or null; ``include`` gives that row.

    ``path`` leads there from this one, ``to`` is the resource it is of.
    """

    def __init__(
        self, path: str, *, to: str, of: Callable[[str], Expression] = public_id, **kwargs
    ):
        super().__init__(source="*", **kwargs)
        self.path, self.to, self.of = path, to, of

    def sql(self, at: str) -> Expression:
        """The id at the end of the path."""
        return self.of(f"{at}{self.path}__")

    @property
    def nullable(self) -> bool:
        """Whether a row may refer to none."""
        model, steps = self.parent.Meta.model, []
        for name in self.path.split("__"):
            steps.append(model._meta.get_field(name))
            model = steps[-1].related_model
        return any(step.null for step in steps)

    def of_rows(self, model: type[Model], pks: list[int]) -> QuerySet:
        """The ids in the database of the rows that those of ``model`` refer to."""
        return model.objects.order_by().filter(pk__in=pks).values(self.path)


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class RefsField(ReadOnly):
    """The ids of other rows; ``include`` gives these rows.

    Of ``rows``, those whose field ``by`` is this row; where ``through`` leads on from them, the
    rows there.
    """

    def __init__(
        self,
        rows: Callable[[], QuerySet],
        *,
        by: str,
        to: str,
        of: Callable[[str], Expression] = public_id,
        through: str = "pk",
        **kwargs,
    ):
        super().__init__(source="*", **kwargs)
        self.rows, self.by, self.to, self.of, self.through = rows, by, to, of, through

    def sql(self, at: str) -> ArraySubquery:
        """The ids, in the order of the rows."""
        rows = self.rows().filter(**{self.by: OuterRef(f"{at}pk")})
        return json_array(rows, self.of(""))

    def of_rows(self, model: type[Model], pks: list[int]) -> QuerySet:
        """The ids in the database of the rows that those of ``model`` refer to."""
        return self.rows().order_by().filter(**{f"{self.by}__in": pks}).values(self.through)


class RowsField(serializers.ListSerializer):
    """Rows that are given as parts of this one: of ``rows``, those whose field ``by`` it is."""

    def __init__(self, child: serializers.Serializer, rows: Callable[[], QuerySet], *, by: str):
        super().__init__(child=child, read_only=True)
        self.rows, self.by = rows, by

    def sql(self, at: str) -> ArraySubquery:
        """One object a row, in the order of the rows."""
        rows = self.rows().filter(**{self.by: OuterRef(f"{at}pk")})
        return json_array(rows, json_object(self.child))


DATE = {
    "type": "string",
    "format": "partial-date",
    "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
}


@extend_schema_field(DATE | {"type": ["string", "null"]})
class PartialDateField(ReadOnly):
    """A day, month or year, as long as it is precise: "2025-12-03", "2025-12" or "2025"."""

    def sql(self, at: str) -> Expression:
        """The column, written so."""
        return DateText(F(f"{at}{self.source}"))


SPAN = {
    "type": "array",
    "items": {"type": "integer", "minimum": 0},
    "minItems": 2,
    "maxItems": 2,
    "description": "Start and end in the snapshot's text, in code points, end-exclusive.",
}


@extend_schema_field(SPAN | {"type": ["array", "null"]})
class SpanField(ReadOnly):
    """``[start, end]`` in the snapshot's text, in code points, end-exclusive; or null."""

    def sql(self, at: str) -> Expression:
        """The column, a range, as a pair."""
        return SpanArray(F(f"{at}{self.source}"))


@extend_schema_field({"type": "array", "items": SPAN})
class SpansField(ReadOnly):
    """Several spans, each ``[start, end]``."""

    def sql(self, at: str) -> Expression:
        """The column, an array of ranges, as pairs."""
        return SpanArrays(F(f"{at}{self.source}"))


@extend_schema_field({"type": "string", "format": "uri"})
class PageField(ReadOnly):
    """The address of the public page of a row, today's whatever time was asked about.

    It is below ``folder``, by the row's own id.
    """

    def __init__(self, folder: str, of: Callable[[str], Expression] = public_id):
        super().__init__(source="*")
        self.folder, self.of = folder, of

    def sql(self, at: str) -> Expression:
        """The whole address."""
        return Joined(ORIGIN, Value(f"/{self.folder}/"), self.of(at), Value("/"))


class Made:
    """For a field whose value an expression ``of`` the row at a path makes."""

    def __init__(self, of: Callable[[str], Expression], **kwargs):
        super().__init__(**kwargs, read_only=True, source="*")
        self.of = of

    def sql(self, at: str) -> Expression:
        """What it is made of."""
        return self.of(at)


class MadeText(Made, serializers.CharField):
    """A text that is made."""


class MadeChoice(Made, serializers.ChoiceField):
    """One of some values, that is made."""


class MadeBoolean(Made, serializers.BooleanField):
    """Yes or no, that is made."""


class MadeTime(Made, serializers.DateTimeField):
    """A time that is made."""


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class TextsField(ReadOnly):
    """The texts in ``column`` of ``rows`` whose field ``by`` is this row."""

    def __init__(self, rows: Callable[[], QuerySet], column: str, *, by: str, **kwargs):
        super().__init__(source="*", **kwargs)
        self.rows, self.column, self.by = rows, column, by

    def sql(self, at: str) -> ArraySubquery:
        """The texts, in the order of the rows."""
        return json_array(self.rows().filter(**{self.by: OuterRef(f"{at}pk")}), F(self.column))
