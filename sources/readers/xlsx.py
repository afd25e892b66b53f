"""The cells of a spreadsheet, with openpyxl; what no spreadsheet holds is refused first."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import zip_longest

from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from sources.readers.unreadable import Reason, Unreadable

UNFOLDED = 300_000_000  # bytes
PART = 200_000_000  # bytes: a million cells
MEMBERS = 5_000
MOST_COLUMNS = 500
PIECE = 1 << 20
BOOK = "xl/workbook.xml"
OTHERS = {"mimetype": Reason.WORD_PROCESSOR, "word/document.xml": Reason.ARCHIVE}
DOCTYPES = [b"<!DOCTYPE", *("<!DOCTYPE".encode(form) for form in ("utf-16-le", "utf-16-be"))]
# What is no code in the format of a number: what is quoted, escaped or in brackets.
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Cell = str | dict[str, str]


@dataclass
class Sheet:
    """The rows of the first sheet, each with its number there, from 1; empty ones are left out.

    A cell is its text, a date in ISO of the precision it is shown in; or {"fault": "formula"} where
    no value was saved with the formula, {"fault": "error", "shown": "#REF!"}. ``others`` are the
    names of the sheets that are not read.
    """

    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read(original: bytes, most_rows: int) -> Sheet:
    """The first sheet of a workbook; of its rows one more than ``most_rows``, if there are more."""
    try:
        _check(zipfile.ZipFile(io.BytesIO(original)))
        values = load_workbook(io.BytesIO(original), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(original), read_only=True, data_only=False)
    except (NotImplementedError, RuntimeError) as error:  # how zipfile says "encrypted"
        raise Unreadable(Reason.ENCRYPTED) from error
    except InvalidFileException as error:
        raise Unreadable(Reason.DAMAGED) from error
    found = Sheet(others=values.sheetnames[1:])
    rows = zip_longest(_rows(values), _rows(formulas), fillvalue=())
    for number, (row, typed) in enumerate(rows, start=1):
        cells = [_cell(cell, as_typed) for cell, as_typed in zip_longest(row, typed)]
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            found.rows.append((number, cells))
        if len(found.rows) > most_rows:
            break
    return found


def _check(archive: zipfile.ZipFile) -> None:
    """Raise Unreadable for another kind of archive, a bomb or a document type."""
    members = archive.infolist()
    names = {member.filename for member in members}
    if BOOK not in names:
        raise Unreadable(next((OTHERS[name] for name in OTHERS if name in names), Reason.ARCHIVE))
    if (
        len(members) > MEMBERS
        or sum(member.file_size for member in members) > UNFOLDED
        or any(member.file_size > PART for member in members)
    ):
        raise Unreadable(Reason.BOMB)
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            _check_part(archive, member)


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """A document type, which no part has, can only define entities."""
    before = b""
    with archive.open(member) as part:
        while piece := part.read(PIECE):
            if any(mark in before + piece for mark in DOCTYPES):
                raise Unreadable(Reason.ENTITIES)
            before = piece[-20:]


def _rows(workbook) -> Iterator[tuple]:
    sheet = workbook.worksheets[0]
    sheet.reset_dimensions()  # What they say may be wrong.
    return sheet.iter_rows(max_col=MOST_COLUMNS)


def _cell(cell: ReadOnlyCell | EmptyCell | None, typed: ReadOnlyCell | EmptyCell | None) -> Cell:
    value = cell.value if cell is not None else None
    if value is None:
        is_formula = typed is not None and typed.data_type == "f"
        return {"fault": "formula"} if is_formula else ""
    if cell.data_type == "e":
        return {"fault": "error", "shown": str(value)}
    match value:
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date():
            return _day(value, cell.number_format)
        case time():
            return value.isoformat("minutes")
    return str(value)


def _day(value: date, number_format: str) -> str:
    """As precise as it is shown: who types 2025-12 gets a first of December shown as déc-25."""
    codes = LITERAL.sub("", number_format).lower()
    length = 10 if "d" in codes else 7 if "m" in codes else 4 if "y" in codes else 10
    return value.strftime("%Y-%m-%d").zfill(10)[:length]
