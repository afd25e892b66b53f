import io
import zipfile

import pytest
from openpyxl import Workbook

from sources.readers import xlsx
from sources.readers.unreadable import Reason, Unreadable


def workbook(*rows: list) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def tampered(part: str, change) -> bytes:
    """A workbook with one part of it changed, or left out."""
    source, out = zipfile.ZipFile(io.BytesIO(workbook(["name"], ["a"]))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(source.read(name)) if name == part else source.read(name)
            if content is not None:
                target.writestr(name, content)
    return out.getvalue()


def reason(content: bytes) -> Reason:
    with pytest.raises(Unreadable) as refused:
        xlsx.read(content, most_rows=10)
    return refused.value.reason


def test_rows_have_the_numbers_they_have_in_the_sheet():
    sheet = xlsx.read(workbook(["name"], [], ["a", None]), most_rows=10)
    assert sheet.rows == [(1, ["name"]), (3, ["a"])]


def test_no_more_rows_are_read_than_are_wanted():
    sheet = xlsx.read(workbook(*[["a"]] * 20), most_rows=10)
    assert len(sheet.rows) == 11


def test_what_unpacks_to_far_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "PART", 100_000)
    bomb = tampered("xl/worksheets/sheet1.xml", lambda content: content + b" " * 100_000)
    assert reason(bomb) is Reason.BOMB


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le"])
def test_a_document_type_is_refused_in_any_charset(charset):
    doctype = '<!DOCTYPE x [<!ENTITY a "b">]>'.encode(charset)
    hostile = tampered("xl/styles.xml", lambda content: b" " * (1 << 20) + doctype)
    assert reason(hostile) is Reason.ENTITIES


def test_another_kind_of_archive_is_told():
    assert reason(tampered("xl/workbook.xml", lambda content: None)) is Reason.ARCHIVE


def test_an_error_of_the_spreadsheet_is_told_by_its_name():
    sheet = xlsx.read(workbook(["#REF!"]), most_rows=10)
    assert sheet.rows == [(1, [{"fault": "error", "shown": "#REF!"}])]
