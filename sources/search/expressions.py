"""What a query of the database says of words."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.core.exceptions import EmptyResultSet
from django.db import models

from sources.search.asked import Term, Typed, either, every


class SearchColumn(models.Func):
    """The column ``search`` of the row whose primary key is given: ``SearchColumn("pk")``."""

    arity = 1
    output_field = SearchVectorField()

    def as_sql(self, compiler, connection, **extra):
        (row,) = self.get_source_expressions()
        return f'{compiler.quote_name_unless_alias(row.alias)}."search"', []


class Unindexed(SearchColumn):
    """The same column, for which no index is asked."""

    def as_sql(self, compiler, connection, **extra):
        column, params = super().as_sql(compiler, connection, **extra)
        return f"coalesce({column}, '')", params


class _OfQuery(models.Func):
    """Something of a search column and a query (a tsquery, as ``every`` and ``either`` make it)."""

    def __init__(self, column: SearchColumn, query: str):
        self.query = query
        super().__init__(column, models.Value(query, SearchQueryField()))


class Matches(_OfQuery):
    """Whether a search column has what a query asks for."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = models.BooleanField()

    def unindexed(self) -> "Matches":
        """The same, read in the row itself."""
        return Matches(Unindexed("pk"), self.query)


class Rank(_OfQuery):
    """How well: more of the words, oftener, in a dearer place."""

    template = "ts_rank(%(expressions)s::tsquery)"
    output_field = models.FloatField()


class Nearness(_OfQuery):
    """How near to one another all the words stand, from 0, where one is lacking, to 1."""

    template = "ts_rank_cd(%(expressions)s::tsquery, 32)"
    output_field = models.FloatField()


class Among(models.Func):
    """Whether a value is one of many, which are one parameter: ``IN`` has a parameter for each, and
    takes long to write where there are a thousand."""

    template = "(%(expressions)s = ANY(%%s::bigint[]))"
    output_field = models.BooleanField()

    def __init__(self, value: str, some: Iterable[int]):
        super().__init__(value)
        self.some = list(some)

    def as_sql(self, compiler, connection, **extra):
        if not self.some:
            raise EmptyResultSet
        sql, params = super().as_sql(compiler, connection, **extra)
        return sql, [*params, self.some]


def relevance(text: str) -> models.Expression:
    """How well a row of a table with a column ``search`` matches the query ``text``: how many of
    the words it has, how often, in what place, and, of several, how near to one another."""
    column, asked = SearchColumn("pk"), Typed.of(text).terms or [Term(text)]
    wanted = [term for term in asked if not term.excluded] or asked
    rank = Rank(column, either(wanted))
    return rank + Nearness(column, every(wanted)) if len(wanted) > 1 else rank
