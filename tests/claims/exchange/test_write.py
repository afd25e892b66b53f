import csv
import io
import json

import pytest
from django.utils import translation
from openpyxl import load_workbook

from claims.exchange import write
from claims.exchange.claims import Claims
from claims.exchange.run import check
from claims.exchange.speakers import Speakers
from claims.exchange.verifications import Verifications
from claims.models import Claim, Import, Speaker, Verification
from sources.refused import Refused
from tests.claims.exchange.files import brought, fates, problems
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    PositionFactory,
    SentenceFactory,
    SpeakerFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db

HOSTILE = "=HYPERLINK(\"https://x.test\";'a')"


@pytest.fixture
def record():
    """Rows that are hard to put in cells."""
    speaker = PositionFactory(title="maire | adjointe", speaker__wikidata_id="Q7").speaker
    speaker.aliases.create(name="Roux; dite « la maire »")
    speaker.aliases.create(name=HOSTILE)
    sentence = SentenceFactory(snapshot__text=f"{HOSTILE}, dit-elle ;\nou \\non.")
    claim = ClaimFactory(
        accepted=True, speaker=speaker, sentence=sentence, wording="'=1 ; « a »\n\nb", said_on=None
    )
    narrated = ClaimFactory(speaker=None, quotation="none", proceedings="convicted_not_final")
    SpeakerFactory(kind="anonymous", name="un conseiller", within=narrated.document)
    draft = VerificationFactory(claims=[claim, narrated], explanation="-1\r\n\r\n+2")
    for stance, note in (("context", "a | b\nc"), ("refutes", HOSTILE)):
        EvidenceFactory(
            verification=draft, document__url=f"https://x.test/{stance}", stance=stance, note=note
        )
    VerificationFactory(published=True)


TABLES = [
    (Speakers, Speaker, Import.Kind.SPEAKERS),
    (Claims, Claim, Import.Kind.CLAIMS),
    (Verifications, Verification, Import.Kind.VERIFICATIONS),
]


def written(table, model, form: str) -> bytes:
    rows = model.objects.order_by("pk")
    match form:
        case "csv":
            return "".join(write.as_csv(table(), rows)).encode()
        case "json":
            return "".join(write.as_json(table(), rows)).encode()
    with write.as_xlsx(table(), rows) as file:
        return file.read()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
@pytest.mark.parametrize(("table", "model", "kind"), TABLES)
@pytest.mark.usefixtures("record")
def test_what_was_exported_is_unchanged_when_it_is_imported(table, model, kind, form, language):
    with translation.override(language):
        content = written(table, model, form)
    import_ = brought(content, kind)
    check(import_)
    assert problems(import_) == []
    assert fates(import_) == ["unchanged"] * model.objects.count()


@pytest.mark.usefixtures("record")
def test_no_cell_of_an_export_is_a_formula():
    for table, model, _kind in TABLES:
        text = written(table, model, "csv").decode()
        for row in csv.reader(io.StringIO(text.removeprefix(write.MARK)), delimiter=";"):
            assert not [cell for cell in row if cell[:1] in "=+-@" and cell]
        book = load_workbook(io.BytesIO(written(table, model, "xlsx")))
        assert {cell.data_type for row in book.active for cell in row} <= {"s", "n"}


def test_a_text_that_begins_like_a_formula_stays_text_when_it_is_edited():
    SpeakerFactory(name="=1+1")
    book = load_workbook(io.BytesIO(written(Speakers, Speaker, "xlsx")))
    cell = book.active["B2"]
    assert (cell.value, cell.quotePrefix) == ("=1+1", True)


def test_json_is_an_array_with_an_object_a_line():
    names = [SpeakerFactory().name for _number in range(3)]
    content = written(Speakers, Speaker, "json").decode()
    assert [item["name"] for item in json.loads(content)] == names
    assert len(content.strip().splitlines()) == 5


def test_an_empty_export_is_a_table_too():
    assert json.loads(written(Speakers, Speaker, "json")) == []
    assert written(Speakers, Speaker, "csv").count(b"\n") == 1


def test_what_a_spreadsheet_cannot_hold_is_told(english, monkeypatch):
    SpeakerFactory()
    SpeakerFactory()
    monkeypatch.setattr(write, "SHEET_ROWS", 1)
    with pytest.raises(Refused, match="a spreadsheet holds 1 rows: take CSV or JSON"):
        write.as_xlsx(Speakers(), Speaker.objects.all())


def test_a_text_that_no_cell_can_hold_is_told(english, monkeypatch):
    SpeakerFactory(name="x" * 30)
    monkeypatch.setattr(write, "CELL_LENGTH", 20)
    with pytest.raises(Refused, match="a cell of a spreadsheet holds 20 characters"):
        write.as_xlsx(Speakers(), Speaker.objects.all())


def test_it_takes_as_many_queries_for_many_rows_as_for_one(django_assert_num_queries):
    for _number in range(3):
        VerificationFactory(claims=[ClaimFactory()])
    table = Verifications()
    with django_assert_num_queries(3):
        list(write.as_csv(table, Verification.objects.all()))
