"""What every table of the record has: columns, rows that are read into it and written from it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from claims.exchange.columns import Column, Items, List, Value
from claims.exchange.known import Known
from claims.exchange.refused import RowRefused, Values
from claims.gates import GATES

CHUNK = 2_000  # rows read at once, for writing


class Table(ABC):
    """Rows of one model as a table; one is made for each import or export.

    A row of a file is told apart by its id or by what it says; what it leaves empty stays as it is.
    Lists grow and never shrink by an import. Raises RowRefused where a row may not be taken.
    """

    name: ClassVar[str]  # of files
    model: ClassVar[type[Model]]
    permissions: ClassVar[list[str]]  # it takes all of these to import
    columns: ClassVar[list[Column]]
    identity: ClassVar[set[str]] = {"id"}  # columns that say which row it is, and change nothing

    def __init__(self, by: AbstractBaseUser | None = None):
        self.by = by
        self.known = Known()
        self.notes: list[str] = []  # what else the row in hand adds, in sentences

    def forget(self) -> None:
        """A row was refused: what it added is not there."""
        self.known.forget()

    @abstractmethod
    def find(self, values: Values) -> Model | None:
        """The row of the record that is meant; None for a new one."""

    @abstractmethod
    def create(self, values: Values) -> Model:
        """Write a new one."""

    @abstractmethod
    def change(self, row: Model, changes: Values) -> None:
        """Write what differs; of lists what is to be added."""

    @abstractmethod
    def about(self, values: Values) -> str:
        """A few words by which an editor knows the row."""

    @abstractmethod
    def record(self, row: Model) -> Values:
        """The row as the columns have it."""

    @abstractmethod
    def prepared(self, rows: QuerySet) -> QuerySet:
        """With all that ``record`` needs, in a few queries for many."""

    def expect(self, values: Values) -> None:  # noqa: B027  most tables need not know
        """Look at a row before the first of them is taken."""

    def records(self, rows: QuerySet) -> Iterator[Values]:
        """All of them, some at a time: in one transaction, as a pooler would have it."""
        with transaction.atomic(savepoint=False):
            for row in self.prepared(rows).iterator(chunk_size=CHUNK):
                yield self.record(row)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def read(self, given: dict[str, object]) -> Values:
        """The values of a row, those that are not empty; raises RowRefused with all that fails."""
        values, problems = {}, []
        for column in self.columns:
            if column.told or column.name not in given:
                continue
            try:
                if value := column.read(given[column.name]):
                    values[column.name] = value
            except ValueError as error:
                problems.append((column.name, str(error)))
        if problems:
            raise RowRefused(*problems)
        return values

    def differences(self, row: Model, values: Values) -> list[tuple[Column, Value, Value]]:
        """What the row of a file says otherwise than the record: column, before, what to write."""
        now = self.record(row)
        found = []
        for column in self.columns:
            if column.told or column.name not in values or column.name in self.identity:
                continue
            before, given = column.tidied(now[column.name]), values[column.name]
            if isinstance(column, List | Items):
                given = [item for item in given if not self.holds(column, before, item)]
                if given:
                    found.append((column, before, given))
            elif before != given:
                found.append((column, before, given))
        return found

    def holds(self, column: Column, items: list, item: object) -> bool:
        """Whether a list of the record has an item already."""
        return item in items

    def cell(self, column: Column, value: Value) -> str:
        """A value as a spreadsheet shows it."""
        return column.cell(value)

    def need(self, values: Values, *names: str) -> None:
        """Raise RowRefused for those that are missing."""
        if missing := [(name, _("it is missing")) for name in names if not values.get(name)]:
            raise RowRefused(*missing)

    def save(self, row: Model, **columns: str) -> None:
        """Save a row that is valid; raises RowRefused. ``columns`` name those of other fields."""
        known = {column.name for column in self.columns}
        relations = {field.name for field in row._meta.concrete_fields if field.is_relation}
        try:
            row.clean_fields(exclude=relations)
            row.save()
        except ValidationError as error:
            problems = []
            for field, sentences in error.message_dict.items():
                name = columns.get(field, field)
                problems += [(name if name in known else "", sentence) for sentence in sentences]
            raise RowRefused(*problems) from error
        except IntegrityError as error:
            raise RowRefused(("", self._why(row, error))) from error

    @staticmethod
    def _why(row: Model, error: IntegrityError) -> str:
        """The sentence of the constraint, or of the gate, that does not let a row in."""
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name in GATES:
            return str(GATES[name])
        for constraint in row._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
        raise error
