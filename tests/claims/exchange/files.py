"""Files as editors bring them: tables in every format, and the import of one."""

import csv
import io
import json
from datetime import date

from openpyxl import Workbook

from claims.exchange import files
from claims.exchange.run import check
from claims.models import Import, ImportRow
from tests.factories import UserFactory


def csv_file(header: list[str], *rows: list[str], delimiter=",", charset="utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue().encode(charset)


def json_file(*items: dict) -> bytes:
    return json.dumps(items, ensure_ascii=False).encode()


def xlsx_file(*rows: list, formats: dict[str, str] | None = None) -> bytes:
    """``formats`` are number formats by cell: {"A2": "yyyy-mm"}."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def brought(content: bytes, kind: str, by=None, name="table.csv") -> Import:
    """An import of such a file, by an editor, not checked yet."""
    import_ = Import(kind=kind, name=name, made_by=by or UserFactory())
    files.keep(import_, io.BytesIO(content))
    return import_


def checked(content: bytes, kind: str, by=None, **kwargs) -> Import:
    import_ = brought(content, kind, by, **kwargs)
    check(import_)
    return import_


def fates(import_: Import) -> list[str]:
    return [row.fate for row in import_.rows.all()]


def problems(import_: Import) -> list[tuple[int, str, str]]:
    """Row, column and sentence of each."""
    refused = import_.rows.filter(fate=ImportRow.Fate.REFUSED)
    return [
        (row.number, problem["column"], problem["sentence"])
        for row in refused
        for problem in row.problems
    ]


DAY = date(2025, 12, 1)
