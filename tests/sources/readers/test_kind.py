import time
from contextlib import suppress

import pytest

from sources.readers.kind import Kind, tell
from sources.readers.unreadable import Reason, Unreadable


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (b"\xff\xd8\xff\xe0", Reason.IMAGE),
        (b"RIFF\0\0\0\0WEBP", Reason.IMAGE),
        (b"\0\0\0\x1cftypavif", Reason.IMAGE),
        (b"\0\0\0\x18ftypmp42", Reason.RECORDING),
        (b"ID3\3", Reason.RECORDING),
        (b"\x7fELF", Reason.PROGRAM),
        (b"\x1f\x8b\x08", Reason.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c", Reason.ARCHIVE),
        (b"\xd0\xcf\x11\xe0", Reason.WORD_PROCESSOR),
        (rb"{\rtf1\ansi", Reason.WORD_PROCESSOR),
        (b"From: <Saved by Blink>\r\n", Reason.WEB_ARCHIVE),
        (b"Date: hier\r\nMIME-Version: 1.0\r\n", Reason.WEB_ARCHIVE),
        (b'<?xml version="1.0"?><rss version="2.0">', Reason.XML),
        (b"\n<feed xmlns='http://www.w3.org/2005/Atom'>", Reason.XML),
        (b'{"title": "a", "text": "b"}', Reason.JSON),
        (b'[\n  {\n    "text": ', Reason.JSON),
        (b"", Reason.EMPTY),
    ],
)
def test_what_cannot_be_read_is_told_by_its_beginning(start, reason):
    with pytest.raises(Unreadable) as refusal:
        tell(start, "a.txt")
    assert refusal.value.reason is reason


@pytest.mark.parametrize(
    "text",
    [
        "MZ, le sigle du Mozambique.",
        "ID3 est un format.",
        "BM ferme.",
        "PK a dit.",
        "%PDF ?",
        "ÿû",
        "[a] {b}",
    ],
)
def test_a_text_that_begins_like_something_else_is_a_text(text):
    assert tell(text.encode()) is Kind.TEXT
    assert tell(text.encode("cp1252")) is Kind.TEXT


@pytest.mark.parametrize(
    "start",
    [
        b"<!DOCTYPE html>",
        b"\xef\xbb\xbf\n<!-- saved --><html>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">',
        b"<HEAD>",
    ],
)
def test_a_page_is_told_by_how_markup_begins(start):
    assert tell(start + b"<p>La maire promet.") is Kind.HTML


@pytest.mark.parametrize("start", [b"<!---->", b"<!--", b"<?xml?>", b"a: b\n", b"<?xml "])
def test_what_repeats_without_end_is_told_at_once(start):
    started = time.monotonic()
    with suppress(Unreadable):
        tell(start * (2_000_000 // len(start)) + b"x")
    assert time.monotonic() - started < 0.5
