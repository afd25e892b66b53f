import docx as library
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sources.readers import docx
from sources.readers.unreadable import Reason, Unreadable
from tests.sources import files
from tests.sources.hostile import docx_that_loads

BODY = "word/document.xml"


def reason(original: bytes) -> Reason:
    with pytest.raises(Unreadable) as refusal:
        docx.read(original)
    return refusal.value.reason


def with_paragraph(xml: str) -> bytes:
    document = library.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    return files.saved(document)


def test_paragraphs_are_kept_in_order_and_to_the_letter():
    assert docx.read(files.word("Un « mot ».", "", "Deux…")).text == "Un « mot ».\n\nDeux…"


def test_the_words_of_tables_are_kept_where_they_stand():
    document = library.Document()
    document.add_paragraph("Avant.")
    document.add_table(1, 2).cell(0, 0).text = "Dedans."
    document.add_paragraph("Après.")
    assert docx.read(files.saved(document)).text == "Avant.\n\nDedans.\n\nAprès."


def test_what_was_inserted_in_revision_is_kept_and_what_was_deleted_is_not():
    revised = with_paragraph(
        "<w:r><w:t xml:space='preserve'>Deux </w:t></w:r>"
        "<w:del><w:r><w:delText>piscines</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>écoles</w:t></w:r></w:ins>"
    )
    assert docx.read(revised).text == "Deux écoles"


def test_a_tab_and_a_line_break_are_white_space():
    said = "<w:r><w:t>Un</w:t><w:tab/><w:t>deux</w:t><w:br/><w:t>trois</w:t></w:r>"
    assert docx.read(with_paragraph(said)).text == "Un deux\ntrois"


def test_the_title_is_that_of_its_properties():
    assert docx.read(files.word("La maire.", title="Compte rendu")).title == "Compte rendu"


def test_a_document_without_words_is_refused():
    assert reason(files.word("", " ")) is Reason.NO_TEXT


def test_a_document_type_in_another_encoding_is_refused():
    body = files.member(files.word("a"), BODY).decode().split("?>", 1)[1]
    hidden = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "b">]>{body}'
    assert reason(files.with_member(files.word("a"), BODY, hidden.encode("utf-16"))) is (
        Reason.ENTITIES
    )


@pytest.mark.parametrize("target", ["\\\\serveur\\a.dotm", "file://serveur/a.dotm", "HTTP://a.b/c"])
def test_a_part_on_another_computer_is_refused(target):
    assert reason(docx_that_loads(target)) is Reason.OUTSIDE


def test_a_template_on_the_computer_it_was_written_on_does_no_harm():
    assert docx.read(docx_that_loads("file:///C:\\Modeles\\note.dotm")).text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("xl/workbook.xml", Reason.OFFICE),
        ("ppt/presentation.xml", Reason.OFFICE),
        ("mimetype", Reason.WORD_PROCESSOR),
        ("photo.jpg", Reason.ARCHIVE),
    ],
)
def test_another_archive_is_refused_by_what_it_is(name, expected):
    empty = b"PK\5\6" + bytes(18)
    assert reason(files.with_member(empty, name, b"a")) is expected
