"""Bytes to text: what the bytes themselves show counts for more than what is said of them."""

import codecs
import re

from charset_normalizer import from_bytes

from sources.readers.unreadable import Reason, Unreadable

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META = re.compile(
    rb"<(?:meta[^>]{1,200}?charset|\?xml[^>]{1,200}?encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})",
    re.IGNORECASE,
)
HEAD = 4096  # bytes: further down no browser looks for a charset
SAMPLE = 10_000  # bytes: enough to tell a charset by
ASCII = bytes(range(128))
# windows-1252 as browsers read it: no byte is wrong.
WINDOWS = "".join(bytes([i]).decode("cp1252", "ignore") or chr(i) for i in range(256))
# Its bytes, by the characters of it or of ISO 8859-1.
CODES = {code: code for code in range(256)} | {ord(c): code for code, c in enumerate(WINDOWS)}
# What French was written in before UTF-8: Windows, Unix with the euro, DOS, the old Mac.
FRENCH = ("cp1252", "iso8859-15", "cp850", "mac-roman")
WESTERN = {*FRENCH, "iso8859-1"}
FRENCH_LETTERS = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛÜŒÆ«»‹›’‘“”–—…€°²·\xa0\xad")
FAMILIES = re.compile("cp|iso8859|koi8|mac|shift|euc|gb|big5")
LOST = "\ufffd"  # what programs put where they could not read a character
STRAYS = re.compile("[\udc80-\udcff]")  # how Python holds bytes that are wrong in UTF-8
SURELY = 0.9  # of what is not ASCII: no text in another alphabet looks that French
RIGHT = 5  # times as many characters right as bytes wrong: UTF-8 into which others were pasted


def decode(original: bytes, declared: str = "") -> str:
    """The text of ``original`` without its byte order mark; raises Unreadable."""
    text = _decode(original, declared)
    if (lost := text.count(LOST)) > 2 and lost > _letters(text):
        raise Unreadable(Reason.LOST)
    return text


def wide(original: bytes) -> str:
    """The charset of two or four bytes a character that ``original`` is in; "" if it is in none.

    Without a byte order mark the NULs tell: half the bytes of western UTF-16, and no others.
    """
    for mark, charset in MARKS:
        if original.startswith(mark):
            return charset
    even, odd = original[:SAMPLE:2], original[1:SAMPLE:2]
    for charset, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high.count(0) > 0.8 * len(high) and low and not low.count(0):
            return charset
    return ""


def _decode(original: bytes, declared: str) -> str:
    """What is in UTF-8 or wider says so itself; what else it is has to be weighed.

    UTF-8 is tried first: what is valid in it is hardly ever meant in another charset. A charset
    of another alphabet is believed as declared, unless what is there is surely French. Between
    those of western Europe, which pages often mix up, the one decides that makes most sense in
    French.
    """
    if charset := wide(original):
        return original.decode(charset, "replace").removeprefix("\ufeff")
    original = original.removeprefix(codecs.BOM_UTF8)
    if (text := _utf_8(original)) is not None:
        return _once(text)
    foreign = original.translate(None, ASCII)[:SAMPLE]
    charset = max(FRENCH, key=lambda charset: _french(foreign, charset))
    french = _french(foreign, charset)
    declared = _known(declared) or _known(_in_markup(original))
    elsewhere = declared not in {"", *WESTERN} and french < SURELY
    if elsewhere and (text := _strictly(original, declared)):
        return text
    if french >= 0.5:
        return _windows(original) if charset == "cp1252" else original.decode(charset)
    start = original.index(foreign[0])
    guess = from_bytes(original[start : start + SAMPLE]).best()
    if guess and (text := _strictly(original, guess.encoding)):
        return text
    raise Unreadable(Reason.CHARSET)


def _utf_8(original: bytes) -> str | None:
    """None if it is not UTF-8; a cut end is left out.

    Few wrong bytes are read as windows-1252, and any number of them if what is right is French:
    in no other charset do French words look like UTF-8, so texts were joined.
    """
    if (text := _strictly(original, "utf-8")) is not None:
        return text
    text = original.decode("utf-8", "surrogateescape")
    wrong = len(STRAYS.findall(text))
    right = sum(char > "\x7f" for char in text) - wrong
    if right and wrong < 4 and len(STRAYS.findall(text[-wrong:])) == wrong:
        return text[:-wrong]
    if wrong * RIGHT > right and (right < 3 or _letters(text) < right / 2):
        return None
    return STRAYS.sub(lambda byte: WINDOWS[ord(byte[0]) - 0xDC00], text)


def _once(text: str) -> str:
    """A text put in UTF-8 twice or more ("Ã©tÃ©") as it was meant: all of it, or nothing."""
    if "Ã" not in text and "â€" not in text:
        return text
    try:
        return _once(codecs.charmap_encode(text, "strict", CODES)[0].decode())
    except UnicodeError:
        return text


def _letters(text: str) -> int:
    """How many French letters and marks it has beyond ASCII."""
    return sum(char in FRENCH_LETTERS for char in text)


def _windows(original: bytes) -> str:
    return codecs.charmap_decode(original, "strict", WINDOWS)[0]


def _strictly(original: bytes, charset: str) -> str | None:
    try:
        return original.decode(charset)
    except UnicodeDecodeError:
        return None


def _in_markup(original: bytes) -> str:
    found = META.search(original, 0, HEAD)
    return found[1].decode() if found else ""


def _known(name: str) -> str:
    """Python's name for a charset that pages may be in, UTF-8 aside; "" for any other."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return found if FAMILIES.match(found) else ""


def _french(foreign: bytes, charset: str) -> float:
    """The share of French letters and marks in what is not ASCII."""
    return _letters(foreign.decode(charset, "replace")) / len(foreign)
