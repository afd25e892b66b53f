"""Plain text: kept to the letter."""

import re

from sources.readers import charset
from sources.readers.unreadable import Reason, Unreadable

CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")
CONTROL_BYTES = bytes(sorted({*range(9), 11, *range(14, 32), 127}))


def read(original: bytes, declared: str = "") -> str:
    """The text of ``original``; raises Unreadable if it is none."""
    if is_binary(original):
        raise Unreadable(Reason.BINARY)
    text = charset.decode(original, declared)
    if nuls := text.count("\0"):
        raise Unreadable(Reason.NUL, count=nuls)
    if CONTROL.search(text):
        raise Unreadable(Reason.CONTROLS)
    if not text.strip():
        raise Unreadable(Reason.EMPTY)
    return text


def is_binary(original: bytes) -> bool:
    """Whether it is neither UTF-8 nor wider, and too full of control bytes for any charset."""
    controls = len(original) - len(original.translate(None, CONTROL_BYTES))
    if controls <= len(original) / 100 or charset.wide(original):
        return False
    try:
        original.decode()
    except UnicodeDecodeError:
        return True
    return False
