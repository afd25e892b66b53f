"""The columns of a resource in files: their types in Frictionless Table Schema and in Arrow."""

from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa
from rest_framework import serializers

from claims.api.fields import (
    PartialDateField,
    RefsField,
    RowsField,
    SpanField,
    SpansField,
    TextsField,
)
from claims.api.resource import Resource

SPAN = pa.list_(pa.int32())
TIME = pa.timestamp("us", tz="UTC")
PARTIAL_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


@dataclass(frozen=True)
class Column:
    """``kind`` is a type of Table Schema; ``pattern`` what its texts look like."""

    name: str
    kind: str
    arrow: pa.DataType
    description: str
    pattern: str = ""

    @property
    def nested(self) -> bool:
        return self.kind in ("array", "object")

    def described(self) -> dict:
        """The field, as Table Schema has it."""
        field = {"name": self.name, "type": self.kind}
        if self.description:
            field["description"] = self.description
        if self.pattern:
            field["constraints"] = {"pattern": self.pattern}
        return field


def columns(resource: Resource) -> list[Column]:
    """In the order of the fields of its documents."""
    return [_column(name, field) for name, field in resource.serializer().fields.items()]


def _column(name: str, field: serializers.Field) -> Column:
    kind, arrow = _types(field)
    pattern = PARTIAL_DATE if isinstance(field, PartialDateField) else ""
    return Column(name, kind, arrow, str(field.help_text or ""), pattern)


def _types(field: serializers.Field) -> tuple[str, pa.DataType]:
    match field:
        case RefsField() | TextsField():
            return "array", pa.list_(pa.string())
        case SpanField():
            return "array", SPAN
        case SpansField():
            return "array", pa.list_(SPAN)
        case RowsField():
            return "array", pa.list_(_struct(field.child))
        case serializers.Serializer():
            return "object", _struct(field)
        case serializers.BooleanField():
            return "boolean", pa.bool_()
        case serializers.IntegerField():
            return "integer", pa.int64()
        case serializers.DateTimeField():
            return "datetime", TIME
        case serializers.DateField():
            return "date", pa.date32()
    return "string", pa.string()


def _struct(serializer: serializers.Serializer) -> pa.DataType:
    return pa.struct([(name, _types(field)[1]) for name, field in serializer.fields.items()])


def typed(value: object, arrow: pa.DataType) -> object:
    """A value of JSON as Arrow takes it: times and days are texts there."""
    if value is None:
        return None
    if pa.types.is_timestamp(arrow):
        return datetime.fromisoformat(value)
    if pa.types.is_date(arrow):
        return date.fromisoformat(value)
    if pa.types.is_struct(arrow):
        return {part.name: typed(value[part.name], part.type) for part in arrow}
    if pa.types.is_list(arrow) and pa.types.is_struct(arrow.value_type):
        return [typed(each, arrow.value_type) for each in value]
    return value
