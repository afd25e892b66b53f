"""Write a table to a file: CSV and JSON as it goes, XLSX whole."""

import csv
import json
import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

from claims.exchange.cells import WOULD_CALCULATE, harmless
from claims.exchange.table import Table
from sources.refused import Refused

MARK = "\ufeff"  # by which spreadsheets know UTF-8
LINES = 500  # handed on at once
SHEET_ROWS = 1_048_575  # of XLSX, without the header
CELL_LENGTH = 32_767  # characters

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_csv(table: Table, rows: QuerySet) -> Iterator[str]:
    """In the interface's language, with the separator its spreadsheets expect."""
    french = (get_language() or "fr").startswith("fr")
    written = _Written()
    out = csv.writer(written, delimiter=";" if french else ",")
    yield MARK
    out.writerow(str(column.label) for column in table.columns)
    for values in table.records(rows):
        out.writerow(harmless(table.cell(column, values[column.name])) for column in table.columns)
        if len(written.lines) >= LINES:
            yield written.taken()
    yield written.taken()


def as_json(table: Table, rows: QuerySet) -> Iterator[str]:
    """An array with one object a line."""
    lines, between = ["["], "\n"
    for values in table.records(rows):
        lines.append(between + json.dumps(values, ensure_ascii=False))
        between = ",\n"
        if len(lines) >= LINES:
            yield "".join(lines)
            lines = []
    yield "".join([*lines, "\n]\n"])


def as_xlsx(table: Table, rows: QuerySet) -> BinaryIO:
    """A temporary file; raises Refused where a sheet or a cell cannot hold what there is."""
    if rows.count() > SHEET_ROWS:
        limit = number_format(SHEET_ROWS, force_grouping=True)
        raise Refused(_("a spreadsheet holds %(limit)s rows: take CSV or JSON") % {"limit": limit})
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    sheet.append([str(column.label) for column in table.columns])
    file = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    try:
        for values in table.records(rows):
            row = [table.cell(column, values[column.name]) for column in table.columns]
            sheet.append([_cell(sheet, text) for text in row])
    except Refused:
        with file:
            book.save(file)  # It ends what was begun, and removes what openpyxl keeps meanwhile.
        raise
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet, text: str) -> Cell | str | None:
    """As text, whatever it begins with."""
    if not text:
        return None
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", harmless(text, typed=True))
    if len(text) > CELL_LENGTH:
        limit = number_format(CELL_LENGTH, force_grouping=True)
        raise Refused(
            _("a cell of a spreadsheet holds %(limit)s characters: take CSV or JSON")
            % {"limit": limit}
        )
    if not WOULD_CALCULATE.match(text):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True  # It stays text when somebody edits it.
    return cell


class _Written:
    """Where a csv.writer writes to."""

    def __init__(self):
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        self.lines.append(line)

    def taken(self) -> str:
        text, self.lines = "".join(self.lines), []
        return text
