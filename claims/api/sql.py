"""JSON that PostgreSQL builds from what a serializer declares: no row passes through Python.

Each resource becomes a function of the database, made anew after migrations: its plan is made once
a session, which takes longer than the rows of a page do.

A field says itself how it is asked for (``sql``); of others it is the column of that name.
"""

import json

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import (
    Case,
    Expression,
    F,
    Func,
    JSONField,
    Model,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from rest_framework import serializers

# What whole addresses begin with: the second argument of the function.
ORIGIN = RawSQL("$2", [], output_field=TextField())


class JsonObject(Func):
    """An object with its names in their order, which jsonb would lose."""

    function = "json_build_object"
    output_field = JSONField()

    def __init__(self, **members):
        super().__init__(*(part for name, of in members.items() for part in (Value(name), of)))

    def as_sql(self, compiler, connection, **extra_context):
        """The names as they are: PostgreSQL asks for the type of a parameter."""
        template = "%(function)s(%(expressions)s)"
        return super().as_sql(compiler, connection, template=template, **extra_context)


class Joined(Func):
    """Texts one after another; null if one of them is."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()


class AsText(Func):
    """An expression as PostgreSQL writes it."""

    template = "(%(expressions)s)::text"
    output_field = TextField()


class DateText(Func):
    """A partial date as it is written: "2025-12-03", "2025-12" or "2025"."""

    template = (
        "to_char(lower(%(expressions)s), CASE upper(%(expressions)s)"
        " WHEN lower(%(expressions)s) + 1 THEN 'YYYY-MM-DD'"
        " WHEN lower(%(expressions)s) + interval '1 month' THEN 'YYYY-MM' ELSE 'YYYY' END)"
    )
    output_field = TextField()


class SpanArray(Func):
    """A range as [start, end], end-exclusive."""

    template = (
        "CASE WHEN %(expressions)s IS NOT NULL"
        " THEN json_build_array(lower(%(expressions)s), upper(%(expressions)s)) END"
    )
    output_field = JSONField()


class SpanArrays(Func):
    """An array of ranges as [[start, end], …]."""

    template = (
        "coalesce((SELECT json_agg(json_build_array(lower(span), upper(span)) ORDER BY place)"
        " FROM unnest(%(expressions)s) WITH ORDINALITY AS spans(span, place)), '[]')"
    )
    output_field = JSONField()


def json_object(serializer: serializers.Serializer, at: str = "") -> JsonObject:
    """The fields of a serializer, of the row that the path ``at`` leads to (ending in "__")."""
    return JsonObject(**{name: _asked(field, at) for name, field in serializer.fields.items()})


def _asked(field: serializers.Field, at: str) -> Expression | F:
    if hasattr(field, "sql"):
        return field.sql(at)
    path = at + field.source.replace(".", "__")
    if isinstance(field, serializers.Serializer):
        there = json_object(field, f"{path}__")
        return Case(When(**{f"{path}__isnull": False}, then=there), output_field=JSONField())
    return F(path)


def json_array(rows: QuerySet, element: Expression) -> ArraySubquery:
    """The ``element`` of each of the rows, in their order; an empty array where there are none."""
    return ArraySubquery(rows.values(element=element))


def function_of(name: str, model: type[Model], serializer: serializers.Serializer) -> str:
    """The statement that makes the function ``api_<name>(bigint[], text)``: the id and the JSON of
    each of some rows, in their order."""
    row = model._base_manager.order_by().filter(pk=RawSQL("page.pk", []))
    row = row.values_list(serializer.fields["id"].sql(""), json_object(serializer))
    with connection.cursor() as cursor:
        made = cursor.mogrify(*row.query.sql_with_params())
    return f"""
        CREATE OR REPLACE FUNCTION api_{name}(bigint[], text)
        RETURNS TABLE (pk bigint, name text, document json)
        LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $function$
        #variable_conflict use_column
        BEGIN
          RETURN QUERY
            SELECT page.pk, made.name::text, made.document
              FROM unnest($1) WITH ORDINALITY AS page(pk, place),
                   -- Planned by itself, for one row: with so many joins it would be for all.
                   LATERAL ({made} OFFSET 0) AS made(name, document)
             ORDER BY page.place;
        END $function$
    """


def object_of(members: dict[str, str]) -> str:
    """A JSON object whose members are JSON already."""
    return "{" + ",".join(f"{json.dumps(name)}:{text}" for name, text in members.items()) + "}"
