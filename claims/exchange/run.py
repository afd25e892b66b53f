"""Check a table, then carry it out: the same steps, of which the first check writes nothing.

A check does all that the import would do and takes it back, so that what is shown is what will be.
When it is carried out, each row has to fare as it was shown; else the record has changed meanwhile,
and the row is refused. It is one transaction: nothing is ever half-written.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.acts import act
from claims.exchange import files, given
from claims.exchange.given import Row
from claims.exchange.progress import teller
from claims.exchange.refused import RowRefused, Values
from claims.exchange.table import Table
from claims.exchange.tables import TABLES
from claims.gates import Closed, gates
from claims.models import Import, ImportRow
from claims.record import RECORDING
from sources.locks import hold
from sources.refused import Refused
from sources.storable import storable

AT_ONCE = 1_000  # fates written at once
Fate = ImportRow.Fate
State = Import.State
COUNTS = {Fate.NEW: "added", Fate.CHANGED: "changed", Fate.UNCHANGED: "unchanged"}


def may_import(user: AbstractBaseUser, kind: str) -> bool:
    """Whether the user may bring in tables of that kind."""
    return user.has_perm("claims.add_import") and user.has_perms(TABLES[kind].permissions)


def check(import_: Import) -> None:
    """Find out the fate of each row and keep it; nothing of the record is written."""
    _run(import_, State.CHECKED, carry_out=False)


def carry_out(import_: Import) -> None:
    """Import the rows, as it was chosen: all of them or nothing, or without those refused."""
    _run(import_, State.DONE, carry_out=True)


def _run(import_: Import, end: str, *, carry_out: bool) -> None:
    """Go through all rows; afterwards the fates and the state are kept."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as fates:
        try:
            written, unread = _all_or_nothing(import_, fates, carry_out=carry_out)
        except Refused as refusal:
            _end(import_, State.FAILED, str(refusal))
            return
        except (PermissionDenied, Closed) as error:
            _end(import_, State.FAILED, str(error))
            return
        with transaction.atomic():
            import_.unread = unread
            _keep_fates(import_, fates)
            if carry_out and not written:
                sentence = _("Nothing was imported: a row is refused. All or nothing was chosen.")
                _end(import_, State.CHECKED, sentence)
            else:
                _end(import_, end, "")


def _all_or_nothing(import_: Import, fates: Any, *, carry_out: bool) -> tuple[bool, list[str]]:
    """Whether something was written, and the columns not read."""
    table, tell = TABLES[import_.kind](import_.made_by), teller(import_)
    content = files.content(import_)
    expected = _expected(import_) if carry_out else None
    reason = _("import of %(file)s") % {"file": import_.name}
    if not may_import(import_.made_by, import_.kind):
        raise PermissionDenied(_("You may not do this: it takes another role."))
    with act(import_.made_by, "claims.add_import", reason), transaction.atomic():
        if carry_out:
            # What this looks for and does not find must not appear meanwhile.
            hold([RECORDING])
        count = _expect(table, given.read(content, table.columns).rows)
        if not count:
            raise Refused(_("it has a header, but no rows"))
        source = given.read(content, table.columns)
        refused = False
        for number, row in enumerate(source.rows, start=1):
            fate = _fate(table, row, expected)
            refused = refused or fate["fate"] == Fate.REFUSED
            fates.write(json.dumps(storable(fate)) + "\n")
            tell(number, number / count)
        written = carry_out and (import_.leaves_out or not refused)
        if not written:
            transaction.set_rollback(True)
    return written, source.unread


def _expect(table: Table, rows: Iterator[Row]) -> int:
    """Let the table look through the rows that can be read; returns how many there are."""
    count = 0
    for row in rows:
        count += 1
        with suppress(RowRefused):
            if not row.fault:
                table.expect(Table.read(table, row.values))
    return count


def _fate(table: Table, row: Row, expected: dict[int, str] | None) -> dict[str, Any]:
    """What becomes of a row, which is then written; as a row of ImportRow has it."""
    fate: dict[str, Any] = {
        "number": row.number, "cells": row.cells, "about": "", "row_id": "",
        "changes": [], "problems": [], "notes": [],
    }  # fmt: skip
    table.notes = []
    try:
        if row.fault:
            raise RowRefused(("", row.fault))
        with gates():
            values = table.read(row.values)
            fate["about"] = table.about(values)
            _take(table, values, fate)
            if expected is not None and fate["fate"] != Fate.UNCHANGED:
                _as_expected(fate, expected)
    except RowRefused as refusal:
        problems = refusal.problems
    except Closed as closed:
        problems = [("", str(closed))]
    else:
        fate["notes"] = table.notes
        return fate
    table.forget()
    labels = {column.name: str(column.label) for column in table.columns}
    fate |= {
        "fate": Fate.REFUSED,
        "row_id": "",
        "changes": [],
        "about": fate["about"] or _first_words(table, row),
        "problems": [
            {"column": labels.get(name, ""), "sentence": sentence} for name, sentence in problems
        ],
    }
    return fate


def _take(table: Table, values: Values, fate: dict[str, Any]) -> None:
    found = table.find(values)
    if found is None:
        created = table.create(values)
        fate |= {"fate": Fate.NEW, "row_id": created.public_id}
        return
    fate["row_id"] = found.public_id
    differences = table.differences(found, values)
    if not differences:
        fate["fate"] = Fate.UNCHANGED
        return
    fate["fate"] = Fate.CHANGED
    fate["changes"] = [
        {"column": str(column.label), "before": column.cell(before), "after": column.cell(after)}
        if isinstance(after, str)
        else {"column": str(column.label), "before": "", "after": column.cell(after), "adds": True}
        for column, before, after in differences
    ]
    table.change(found, {column.name: after for column, _before, after in differences})


def _first_words(table: Table, row: Row) -> str:
    """By which an editor knows a row that could not be read."""
    texts = {name: cell for name, cell in row.values.items() if isinstance(cell, str)}
    words = table.about(texts) or " · ".join(str(cell) for cell in row.cells.values() if cell)
    return words[:200]


def _as_expected(fate: dict[str, Any], expected: dict[int, str]) -> None:
    if expected.get(fate["number"]) != _digest(fate["fate"], fate["changes"]):
        raise RowRefused(("", _("the record has changed since the check: check the file again")))


def _expected(import_: Import) -> dict[int, str]:
    """What was shown of each row."""
    rows = import_.rows.values_list("number", "fate", "changes")
    return {number: _digest(fate, changes) for number, fate, changes in rows.iterator()}


def _digest(fate: str, changes: list) -> str:
    return json.dumps([fate, changes], sort_keys=True) if changes else str(fate)


def _keep_fates(import_: Import, fates: Any) -> None:
    import_.rows.all().delete()
    import_.added = import_.changed = import_.unchanged = import_.refused = 0
    fates.seek(0)
    batch: list[ImportRow] = []
    for line in fates:
        row = ImportRow(import_of=import_, **json.loads(line))
        name = COUNTS.get(row.fate, "refused")
        setattr(import_, name, getattr(import_, name) + 1)
        batch.append(row)
        if len(batch) == AT_ONCE:
            ImportRow.objects.bulk_create(batch)
            batch = []
    ImportRow.objects.bulk_create(batch)
    import_.seen, import_.through = import_.total, 1


def _end(import_: Import, state: str, reason: str) -> None:
    import_.state, import_.reason = state, reason
    import_.ended_at = None if state == State.CHECKED else timezone.now()
    import_.save()
    if import_.ended_at:
        files.forget(import_)
