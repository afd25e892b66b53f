"""DOCX to text, with python-docx; what no word processor writes is refused first."""

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.oxml.ns import qn
from lxml import etree

from sources.readers.kind import Kind
from sources.readers.page import Page
from sources.readers.unreadable import Reason, Unreadable

UNFOLDED = 100_000_000  # bytes: a book with its pictures
XML = 40_000_000  # bytes of one part: some ten thousand pages
MEMBERS = 5_000
BODY = "word/document.xml"
# What else is packed as ZIP, by a member that tells.
OTHERS = {
    "mimetype": Reason.WORD_PROCESSOR,
    "xl/workbook.xml": Reason.OFFICE,
    "ppt/presentation.xml": Reason.OFFICE,
}
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
HARMLESS = ("/hyperlink", "/image")  # followed by a reader's click, or not words
REMOTE = re.compile(r"(?:https?|ftp):|file://[^/]|//|\\\\", re.IGNORECASE)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read(original: bytes) -> Page:
    """The words of a Word document, tables and accepted insertions included.

    Who wrote it and when is not taken from its properties: they name accounts and copies.
    """
    try:
        _check(zipfile.ZipFile(io.BytesIO(original)))
    except (NotImplementedError, RuntimeError) as error:  # how zipfile says "encrypted"
        raise Unreadable(Reason.ENCRYPTED) from error
    document = docx.Document(io.BytesIO(original))
    paragraphs = map(_text, _paragraphs(document.element.body))
    text = "\n\n".join(filter(None, (paragraph.strip() for paragraph in paragraphs)))
    if not text:
        raise Unreadable(Reason.NO_TEXT)
    return Page(text, Kind.DOCX, title=document.core_properties.title.strip())


def _check(archive: zipfile.ZipFile) -> None:
    """Raise Unreadable for another kind of archive, a bomb, a document type or a remote part."""
    members = archive.infolist()
    names = {member.filename for member in members}
    if BODY not in names:
        raise Unreadable(next((OTHERS[name] for name in OTHERS if name in names), Reason.ARCHIVE))
    if len(members) > MEMBERS or sum(member.file_size for member in members) > UNFOLDED:
        raise Unreadable(Reason.BOMB)
    for member in members:
        if not member.filename.endswith((".xml", ".rels")):
            continue
        if member.file_size > XML:
            raise Unreadable(Reason.BOMB)
        part = _part(archive.read(member))
        for reference in part.iter(RELATIONSHIP):
            if (
                reference.get("TargetMode") == "External"
                and not reference.get("Type", "").endswith(HARMLESS)
                and REMOTE.match(reference.get("Target", ""))
            ):
                raise Unreadable(Reason.OUTSIDE)


def _part(content: bytes) -> etree._Element:
    """The XML of a part; a document type, which none has, can only define entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        part = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        # So many that libxml2 gives up.
        raise Unreadable(Reason.ENTITIES if b"<!DOCTYPE" in content else Reason.DAMAGED) from error
    if part.getroottree().docinfo.doctype:
        raise Unreadable(Reason.ENTITIES)
    return part


def _paragraphs(body: etree._Element) -> Iterator[etree._Element]:
    """Every paragraph, in tables and text boxes too; a text box is there twice, for old readers."""
    for paragraph in body.iter(qn("w:p")):
        if next(paragraph.iterancestors(FALLBACK), None) is None:
            yield paragraph


def _text(paragraph: etree._Element) -> str:
    """Its words as they stand with all changes accepted; python-docx leaves insertions out."""
    words = []
    for piece in paragraph.iter(qn("w:t"), *SIGNS):
        if next(piece.iterancestors(qn("w:p"))) is not paragraph:
            continue  # in a text box of its own
        if next(piece.iterancestors(qn("w:moveFrom"), qn("w:tabs")), None) is not None:
            continue
        words.append(SIGNS.get(piece.tag) or piece.text or "")
    return "".join(words)
