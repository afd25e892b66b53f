"""Read a table that somebody gives: CSV, XLSX or JSON, told by its content."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import ijson
from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from claims.exchange.cells import as_meant
from claims.exchange.columns import Column, Fault, by_heading, fold
from sources.readers import charset, process
from sources.readers.process import Limits
from sources.readers.unreadable import Unreadable
from sources.refusals import SENTENCES
from sources.refused import Refused

MOST_ROWS = 100_000
XLSX = "sources.readers.xlsx"
LIMITS = Limits(memory=2_000_000_000, cpu_seconds=120, seconds=180)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
DELIMITERS = ";,\t"
csv.field_size_limit(10_000_000)


@dataclass(frozen=True)
class Row:
    """A row as given: ``values`` by the name of their column, ``cells`` by the heading above.

    ``number`` counts as a spreadsheet does, whose first row is the header; in JSON it is the item.
    ``fault`` is what is wrong with the row as a whole.
    """

    number: int
    values: dict[str, object]
    cells: dict[str, object]
    fault: str = ""


@dataclass
class Given:
    """The rows of a file, to be gone through once; ``unread`` is what it holds that is not read."""

    rows: Iterator[Row]
    unread: list[str] = field(default_factory=list)


def read(content: bytes, columns: Sequence[Column]) -> Given:
    """The table in ``content``, of some of these columns; raises Refused, in the middle too."""
    if len(content) > settings.MAX_FILE_BYTES:
        raise Refused(
            _("it is longer than %(limit)s bytes, the most that is taken in")
            % {"limit": number_format(settings.MAX_FILE_BYTES, force_grouping=True)}
        )
    if not content.strip():
        raise Refused(_("it is empty"))
    if content.startswith(OLD_OFFICE):
        raise Refused(_("it is an old Excel file, or has a password: save it as XLSX without one"))
    if content.startswith(b"PK\x03\x04"):
        return _spreadsheet(content, columns)
    try:
        text = charset.decode(content)
    except Unreadable as unreadable:
        raise Refused(str(SENTENCES[unreadable.reason] % unreadable.details)) from unreadable
    if text.lstrip()[:1] in ("[", "{"):
        return _json(text, columns)
    return _csv(text, columns)


def _spreadsheet(content: bytes, columns: Sequence[Column]) -> Given:
    try:
        sheet = process.run(XLSX, content, LIMITS, most_rows=MOST_ROWS)
    except Unreadable as unreadable:
        raise Refused(str(SENTENCES[unreadable.reason] % unreadable.details)) from unreadable
    rows = ((number, [_cell(cell) for cell in row]) for number, row in sheet["rows"])
    given = _table(rows, columns)
    given.unread += [_("sheet “%(name)s”") % {"name": name} for name in sheet["others"]]
    return given


def _cell(cell: str | dict[str, str]) -> str | Fault:
    if isinstance(cell, str):
        return as_meant(cell)
    if cell["fault"] == "formula":
        return Fault(_("it is a formula without a saved value: paste its value"))
    return Fault(_("the spreadsheet says %(error)s here") % {"error": cell["shown"]})


def _csv(text: str, columns: Sequence[Column]) -> Given:
    if "\0" in text:
        raise Refused(_("it contains NUL bytes: it is not a table"))
    delimiter = _delimiter(text, columns)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    def numbered() -> Iterator[tuple[int, list[str]]]:
        number = 0
        try:
            for number, row in enumerate(rows, start=1):
                yield number, [as_meant(cell) for cell in row]
        except csv.Error as error:
            raise Refused(
                _("row %(number)d cannot be read: %(why)s") % {"number": number + 1, "why": error}
            ) from error

    return _table(numbered(), columns)


def _delimiter(text: str, columns: Sequence[Column]) -> str:
    """The one by which the header names the most columns."""
    known = by_heading(columns)

    def named(delimiter: str) -> int:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        return sum(fold(heading) in known for heading in header)

    return max(DELIMITERS, key=named)


def _table(rows: Iterator[tuple[int, list]], columns: Sequence[Column]) -> Given:
    """A table with its header in the first row that is not empty."""
    _first, header = next(((n, row) for n, row in rows if any(row)), (0, []))
    header = ["" if isinstance(heading, Fault) else heading.strip() for heading in header]
    named = _columns(header, columns)
    unread = [
        _unknown(heading, columns) if column is None else heading
        for heading, column in zip(header, named, strict=True)
        if heading and (column is None or column.told)
    ]
    return Given(
        _bounded(_row(number, row, header, named) for number, row in rows if any(row)), unread
    )


def _columns(header: list[str], columns: Sequence[Column]) -> list[Column | None]:
    """The column of each heading; raises Refused if there is none at all, or one twice."""
    known = by_heading(columns)
    named = [known.get(fold(heading)) for heading in header]
    found = [column for column in named if column]
    if not found:
        raise Refused(
            _("its first row names none of the columns: %(columns)s")
            % {"columns": ", ".join(str(column.label) for column in columns)}
        )
    for column in found:
        if found.count(column) > 1:
            raise Refused(_("the column “%(name)s” is there twice") % {"name": column.label})
    return named


def _unknown(heading: str, columns: Sequence[Column]) -> str:
    """A heading that is none, with the column that may have been meant."""
    known = by_heading(columns)
    if close := get_close_matches(fold(heading), known, n=1, cutoff=0.75):
        return _("%(heading)s (perhaps “%(column)s” is meant?)") % {
            "heading": heading,
            "column": known[close[0]].label,
        }
    return heading


def _row(number: int, row: list[str | Fault], header: list[str], named: list[Column | None]) -> Row:
    values = {
        column.name: cell
        for column, cell in zip(named, row, strict=False)
        if column and not column.told
    }
    shown = {
        heading: "" if isinstance(cell, Fault) else cell
        for heading, cell in zip(header, row, strict=False)
    }
    more = len(row) - len(header)
    fault = (
        _("it has more cells than the header: is a separator or a quotation mark missing?")
        if more > 0 and any(row[len(header) :])
        else ""
    )
    return Row(number, values, shown, fault)


def _json(text: str, columns: Sequence[Column]) -> Given:
    """An array of objects, or one object a line."""
    known = {column.name: column for column in columns}
    given = Given(iter(()))
    source = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    items = (
        ijson.items(source, "item")
        if text.lstrip().startswith("[")
        else ijson.items(source, "", multiple_values=True)
    )

    def rows() -> Iterator[Row]:
        number = 0
        try:
            for number, item in enumerate(items, start=1):
                yield row(number, item)
        except (ijson.JSONError, UnicodeError) as error:
            place = {"number": number + 1, "why": str(error).splitlines()[0]}
            raise Refused(_("item %(number)d is no JSON: %(why)s") % place) from error

    def row(number: int, item: object) -> Row:
        if not isinstance(item, dict):
            return Row(number, {}, {}, _("it is no object"))
        for name in item:
            if (name not in known or known[name].told) and name not in given.unread:
                given.unread.append(name)
        values = {name: item[name] for name in item if name in known and not known[name].told}
        return Row(number, values, {name: _plain(value) for name, value in item.items()})

    given.rows = _bounded(rows())
    return given


def _plain(value: object) -> object:
    """What JSON can hold again: ijson reads numbers as decimals."""
    match value:
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
        case None | bool() | str():
            return value
    return str(value)


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise Refused(
                _("it has more than %(limit)s rows: split it")
                % {"limit": number_format(MOST_ROWS, force_grouping=True)}
            )
        yield row
