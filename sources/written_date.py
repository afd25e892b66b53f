"""Dates as people type them: 03/12/2025, 3 décembre 2025, 1er mai 2025, décembre 2025."""

import re

from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext

from sources.partial_date import PartialDate
from sources.search import plain

# Of the interface's language: to an English reader 03/12/2025 is in December or in March.
NUMBERS = re.compile(r"(?:(\d{1,2})[/.])?(\d{1,2})[/.](\d{4})")
WORDS = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)?\s+)?([^\W\d_]+)\.?,?\s+(\d{4})")
ENGLISH = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
SHORTEST = 3  # letters of a month that is cut short


def written_date(text: str) -> PartialDate:
    """Read a date as the interface's language writes it, or as ISO 8601 does.

    Raises ValueError saying, to who typed it, what is wrong.
    """
    return PartialDate.parse(_iso(" ".join(text.split())) or text)


def _iso(text: str) -> str | None:
    french = (get_language() or "fr").startswith("fr")
    if french and (match := NUMBERS.fullmatch(text)):
        day, month, year = match.groups()
        return _joined(year, int(month), day)
    if match := WORDS.fullmatch(text):
        day, word, year = match.groups()
    elif match := ENGLISH.fullmatch(text):
        word, day, year = match.groups()
    else:
        return None
    month = _month(word)
    return _joined(year, month, day) if month else None


def _joined(year: str, month: int, day: str | None) -> str:
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")


def _month(word: str) -> int | None:
    """The number of a month, cut short or not, if it can be just one."""
    start = plain(word.lower())
    if len(start) < SHORTEST:
        return None
    names = {number: plain(gettext(name).lower()) for number, name in MONTHS.items()}
    found = [number for number, name in names.items() if name.startswith(start)]
    return found[0] if len(found) == 1 else None
