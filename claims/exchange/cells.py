"""What stands in one cell: lists, items of several parts, and text that is no formula."""

import re
from collections.abc import Iterable

ESCAPE = "\\"
SEPARATOR = "; "
PART = " | "
# What spreadsheet programs take for the beginning of a formula.
FORMULA = "=+\\-@\t\r\n＝＋－＠"
WOULD_CALCULATE = re.compile(rf"'*[{FORMULA}]")
HELD_BACK = re.compile(rf"'+[{FORMULA}]")


def harmless(text: str, *, typed: bool = False) -> str:
    """``text`` so that no spreadsheet calculates it: with an apostrophe before, as one types it.

    Where cells are ``typed`` as text, only what would be taken for such an apostrophe gets one.
    """
    pattern = HELD_BACK if typed else WOULD_CALCULATE
    return f"'{text}" if pattern.match(text) else text


def as_meant(text: str) -> str:
    """What ``harmless`` was given."""
    return text[1:] if HELD_BACK.match(text) else text


def split(text: str, separators: str) -> list[str]:
    """The items of a cell without the spaces around them, empty ones left out."""
    return [item for part in _parts(text, separators) if (item := _plain(part.strip()))]


def join(items: Iterable[str]) -> str:
    return SEPARATOR.join(_escaped(item, ";\n") for item in items)


def split_parts(text: str) -> list[str]:
    """The parts of an item, empty ones included."""
    return [_plain(part.strip()) for part in _parts(text, "|")]


def join_parts(parts: Iterable[str]) -> str:
    escaped = [_escaped(part, "|\n") for part in parts]
    while escaped and not escaped[-1]:
        escaped.pop()
    return PART.join(escaped)


def lines(text: str) -> list[str]:
    """The items of a cell that holds one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _parts(text: str, separators: str) -> list[str]:
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == ESCAPE:
            at += 1
        elif text[at] in separators:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def _escaped(text: str, special: str) -> str:
    text = text.replace(ESCAPE, ESCAPE * 2).replace("\n", ESCAPE + "n")
    for sign in special.replace("\n", ""):
        text = text.replace(sign, ESCAPE + sign)
    return text


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)
