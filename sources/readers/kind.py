"""What a file is: told by its first bytes, then by its name and the type it was sent with."""

import re
from enum import StrEnum
from pathlib import PurePath

from sources.readers import charset
from sources.readers.text import is_binary
from sources.readers.unreadable import Reason, Unreadable


class Kind(StrEnum):
    """What can be read, each by its media type."""

    TEXT = "text/plain"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


EXTENSIONS = {
    ".txt": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
}
MEDIA_TYPES = {kind.value: kind for kind in Kind} | {"application/xhtml+xml": Kind.HTML}
# How files begin that are none of these.
OTHERS = [
    (Reason.IMAGE, rb"\x89PNG\r|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP"),
    (Reason.IMAGE, rb".{4}ftyp(?:avif|avis|hei[cfsx]|mif1)"),
    (Reason.RECORDING, rb".{4}ftyp|RIFF.{4}(?:WAVE|AVI )|ID3[\2-\4]|\xff[\xfb\xf3\xf2][^\s\w]"),
    (Reason.RECORDING, rb"OggS\0|fLaC\0|\x1aE\xdf\xa3"),
    (Reason.PROGRAM, rb"MZ(?=.{0,62}\0)|\x7fELF|\xca\xfe\xba\xbe|[\xcf\xce]\xfa\xed\xfe"),
    (Reason.ARCHIVE, rb"\x1f\x8b|BZh\d1AY|\xfd7zXZ\0|7z\xbc\xaf|Rar!\x1a|\x28\xb5\x2f\xfd"),
    (Reason.ARCHIVE, rb".{257}ustar"),
    (Reason.WORD_PROCESSOR, rb"\{\\rtf|\xd0\xcf\x11\xe0"),
    (Reason.WEB_ARCHIVE, rb"bplist00|From: <Saved by|(?:[^\n]{0,200}\n){0,8}?MIME-Version: 1"),
    (Reason.BINARY, rb"SQLite format 3\0"),
]
BEGINNINGS = [(reason, re.compile(start, re.DOTALL)) for reason, start in OTHERS]
LEADING = rb"(?:\xef\xbb\xbf)?(?>\s+|<!--.*?-->|<\?xml.*?\?>)*+"
PAGE = re.compile(LEADING + rb"<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
MARKUP = re.compile(rb"<(?:html|head|body|main|article|section|div|p|br|h1)\b", re.IGNORECASE)
JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"[^"\n]{0,100}"\s*:')
XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|rss|feed)\b", re.IGNORECASE)


def tell(original: bytes, name: str = "", media_type: str = "") -> Kind:
    """What ``original`` is; raises Unreadable if it cannot be read, or is not what it is called."""
    if not original:
        raise Unreadable(Reason.EMPTY)
    claimed = MEDIA_TYPES.get(media_type.partition(";")[0].strip().lower())
    claimed = EXTENSIONS.get(PurePath(name).suffix.lower(), claimed)
    found = _found(original, claimed is Kind.HTML)
    if claimed in (Kind.PDF, Kind.DOCX) and found is Kind.HTML:
        raise Unreadable(Reason.PAGE)
    if claimed in (Kind.PDF, Kind.DOCX) and found is Kind.TEXT:
        raise Unreadable(Reason.DAMAGED if is_binary(original) else Reason.TEXT)
    return found


def _found(original: bytes, may_be_html: bool) -> Kind:
    for reason, start in BEGINNINGS:
        if start.match(original, 0, 1024):
            raise Unreadable(reason)
    if original[:1024].lstrip().startswith(b"%PDF-"):
        return Kind.PDF
    if original.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.DOCX  # or another kind of ZIP: its reader looks inside
    start = original[:65_536]
    if charset.wide(start):
        start = start.replace(b"\0", b"").lstrip(b"\xff\xfe")
    if PAGE.match(start) or (may_be_html and MARKUP.search(start)):
        return Kind.HTML
    if XML.match(start):
        raise Unreadable(Reason.XML)
    if JSON.match(start):
        raise Unreadable(Reason.JSON)
    return Kind.TEXT
