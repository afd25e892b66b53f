import io
import json

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from claims.exchange.columns import Column, Date, Fault
from claims.exchange.given import read
from sources.refused import Refused
from tests.claims.exchange.files import DAY, csv_file, xlsx_file

COLUMNS = [
    Column(name="name", label="Name"),
    Date(name="said_on", label="Said on"),
    Column(name="status", label="Status", told=True),
]

SPEAKERS = Column(name="speakers", label=gettext_lazy("speakers"))


def values(content: bytes) -> list[dict]:
    return [row.values for row in read(content, COLUMNS).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_the_one_the_header_has(delimiter):
    content = csv_file(["name", "said_on"], ["Zoé, dite; Zo", "2025"], delimiter=delimiter)
    assert values(content) == [{"name": "Zoé, dite; Zo", "said_on": "2025"}]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_every_charset_of_a_spreadsheet_is_read(charset):
    assert values(csv_file(["name"], ["Hélène"], charset=charset)) == [{"name": "Hélène"}]


def test_headings_are_read_in_any_case_and_with_any_signs():
    assert values(csv_file(["NAME :", "Said_On"], ["a", "2025"])) == [
        {"name": "a", "said_on": "2025"}
    ]


def test_rows_are_numbered_as_a_spreadsheet_does():
    rows = list(read(b"name\n\na\n\n\nb\n", COLUMNS).rows)
    assert [row.number for row in rows] == [3, 6]


def test_columns_that_are_not_read_are_told_with_what_may_be_meant(english):
    given = read(csv_file(["nmae", "name", "Status", "x"], ["a", "b", "c", "d"]), COLUMNS)
    assert [row.values for row in given.rows] == [{"name": "b"}]
    assert given.unread == ["nmae (perhaps “Name” is meant?)", "Status", "x"]


def test_a_file_without_any_of_the_columns_is_refused(english):
    with pytest.raises(Refused, match="names none of the columns: Name, Said on"):
        read(csv_file(["a", "b"], ["c", "d"]), COLUMNS)


def test_a_column_that_is_there_twice_is_refused(english):
    with pytest.raises(Refused, match="the column “Name” is there twice"):
        read(csv_file(["name", "Name"], ["a", "b"]), COLUMNS)


def test_a_row_with_too_many_cells_is_at_fault():
    (row,) = read(csv_file(["name", "said_on"], ["a", "2025", "b"]), COLUMNS).rows
    assert row.fault


@pytest.mark.parametrize(
    ("shown_as", "meant"),
    [
        ("yyyy-mm-dd", "2025-12-01"),
        ("dd/mm/yyyy", "2025-12-01"),
        ("mmm-yy", "2025-12"),
        ('[$-40C]mmmm" de l’an "yyyy', "2025-12"),
        ("yyyy", "2025"),
    ],
)
def test_a_date_of_a_spreadsheet_is_as_precise_as_it_is_shown(shown_as, meant):
    content = xlsx_file(["name", "said_on"], ["a", DAY], formats={"B2": shown_as})
    assert values(content)[0]["said_on"] == meant


def test_a_year_in_a_spreadsheet_is_a_year():
    assert values(xlsx_file(["said_on"], [2025])) == [{"said_on": "2025"}]


def test_a_formula_without_a_value_is_a_fault_of_its_cell():
    (row,) = values(xlsx_file(["name"], ["=1+1"]))
    assert isinstance(row["name"], Fault)


def test_the_first_of_several_sheets_is_read_and_the_others_told(english):
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.active.append(["name"])
    book.active.append(["a"])
    book.create_sheet("Autres")
    book.save(out)
    given = read(out.getvalue(), COLUMNS)
    assert [row.values for row in given.rows] == [{"name": "a"}]
    assert given.unread == ["sheet “Autres”"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel file"),
        (b"PK\x03\x04 cut", "damaged"),
        (b'[{"name": "a"}, {', "item 2 is no JSON"),
        (b"\x00\x01\x02name", "NUL"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(english, content, why):
    with pytest.raises(Refused, match=why):
        list(read(content, COLUMNS).rows)


def test_a_table_of_too_many_rows_is_refused(english, monkeypatch):
    monkeypatch.setattr("claims.exchange.given.MOST_ROWS", 2)
    with pytest.raises(Refused, match="more than 2 rows"):
        list(read(csv_file(["name"], ["a"], ["b"], ["c"]), COLUMNS).rows)


ITEMS = [{"name": "a", "odd": 1}, {"said_on": 2025}]


@pytest.mark.parametrize(
    "content", [json.dumps(ITEMS), "\n".join(json.dumps(item) for item in ITEMS)]
)
def test_json_is_an_array_or_an_object_a_line(content):
    given = read(content.encode(), COLUMNS)
    assert [row.values for row in given.rows] == [{"name": "a"}, {"said_on": 2025}]
    assert given.unread == ["odd"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2025-12-03", "2025-12-03"), ("2025-12", "2025-12"), ("2025", "2025"),
        ("03/12/2025", "2025-12-03"), ("3.12.2025", "2025-12-03"), ("12/2025", "2025-12"),
        ("2025-12-03T10:00:00Z", "2025-12-03"), ("2025-12-03 00:00:00", "2025-12-03"),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_typed(typed, meant):
    assert COLUMNS[1].read(typed) == meant


@pytest.mark.parametrize("typed", ["12/25/2025", "hier", "2025-13", "45994"])
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValueError, match=r"date|jour|day"):
        COLUMNS[1].read(typed)


def test_headings_are_read_in_every_language_whatever_the_interface_speaks():
    with translation.override("en"):
        (row,) = read(csv_file(["Locuteurs"], ["a"]), [SPEAKERS]).rows
    assert row.values == {"speakers": "a"}
