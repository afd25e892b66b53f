"""What a migration must not do to a large table that is in use (docs/operators.md, upgrades).

By its operations: the linters there are read SQL or know no operations of our own (at_once).
"""

import re
from collections.abc import Iterator, Sequence

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

from sources.at_once import AtOnce

SLOW_SQL = re.compile(
    r"\bCREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)|\bSET\s+NOT\s+NULL|\bUPDATE\s+\w|\bDELETE\s+FROM"
    r"|\bALTER\s+(COLUMN\s+)?\w+\s+(SET\s+DATA\s+)?TYPE|\bREINDEX\s+(?!.*CONCURRENTLY)|\bCLUSTER\b"
    r"|\bVACUUM\s+FULL|\bDROP\s+(TABLE|COLUMN)|\bRENAME\b|\bADD\s+CONSTRAINT\b(?!.*\bNOT\s+VALID)",
    re.IGNORECASE | re.DOTALL,
)
GONE = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.DeleteModel,
    migrations.AlterModelTable,
)


def faults(operations: Sequence[Operation]) -> list[str]:
    """A sentence for each operation that holds a table for long, or breaks the code before."""
    flat = list(_flat(operations))
    new = {each.name_lower for each in flat if isinstance(each, migrations.CreateModel)}
    found = []
    for each in flat:
        table = getattr(each, "model_name_lower", None) or getattr(each, "name_lower", None)
        if table not in new and (fault := _fault(each)):
            found.append(f"{each.describe()}: {fault}")
    return found


def _flat(operations: Sequence[Operation]) -> Iterator[Operation]:
    for each in operations:
        if isinstance(each, AtOnce):
            yield from _flat(each.operations)
        elif isinstance(each, migrations.SeparateDatabaseAndState):
            yield from _flat(each.database_operations)
        else:
            yield each


def _fault(each: Operation) -> str | None:
    match each:
        case AddIndexConcurrently() | RemoveIndexConcurrently():
            return None
        case migrations.AddIndex():
            return "nobody writes while it is made: use AddIndexConcurrently"
        case migrations.AddConstraint():
            return "all rows are read meanwhile: use AddConstraintNotValid, and validate it later"
        case migrations.AlterField():
            return "all rows may be read or written anew"
        case migrations.AddField() if not each.field.many_to_many:
            return _of_new_field(each.field)
        case migrations.RunSQL():
            statements = each.sql if isinstance(each.sql, str) else " ".join(map(str, each.sql))
            return "it may take long" if SLOW_SQL.search(statements) else None
        case migrations.RunPython():
            return "rows are changed one by one: do it in the background"
    return "the code before still asks for it" if isinstance(each, GONE) else None


def _of_new_field(field) -> str | None:
    if field.unique or field.db_index:
        return "its index is made at once: make it concurrently, afterwards"
    if not field.null and field.db_default is NOT_PROVIDED:
        return "the code before does not set it: give it a db_default, or let it be null"
    return None
