"""The days, months and years a saying speaks of, as the days they cover."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from claims.comparison.lexicon import load
from claims.comparison.words import Word
from claims.extraction.dates import dates_named
from sources.partial_date import PartialDate

FIRST, LAST = 1500, 2099  # years a claim speaks of


class Days(NamedTuple):
    """From ``first`` up to, not including, ``end``; ``start`` and ``stop`` are places of words."""

    first: date
    end: date
    start: int
    stop: int


def days_named(text: str, words: Sequence[Word], language: str, said_on: PartialDate | None):
    """The days that a text names, but for bare years, which ``numbers.quantities`` finds."""
    if language == "fr":
        named = [
            (day.start, day.end, PartialDate.parse(day.value))
            for day in dates_named(text, said_on.isoformat() if said_on else None)
            if day.form not in ("again", "year")
        ]
    else:
        named = list(_in_english(text, said_on))
    named += _relative(text, language, said_on)
    return [
        Days(day.first, day.end, *_places(words, start, end))
        for start, end, day in sorted(named, key=lambda each: each[:2])
    ]


def year(value: int, place: int) -> Days:
    """The days of a bare year."""
    return Days(date(value, 1, 1), date(value + 1, 1, 1), place, place + 1)


def _places(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    inside = [place for place, word in enumerate(words) if start < word.end and word.start < end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


@cache
def _english() -> re.Pattern:
    names = load("en")["calendar"]["month_names"]
    months = "|".join(f"{name}|{name[:3]}" for name in names)
    year = r"(?:,? (?P<{}>(?:19|20)\d\d))?"
    return re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{months})\b{year.format('y1')}"
        rf"|\b(?P<month2>{months}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d){year.format('y2')}"
        rf"|\b(?P<month3>{'|'.join(names)}) (?P<y3>(?:19|20)\d\d)\b"
        rf"|\bin (?P<month4>{'|'.join(names)})\b"
        rf"|\b(?:on|last) (?P<weekday>{'|'.join(load('en')['calendar']['weekday_names'])})\b",
        re.IGNORECASE,
    )


def _in_english(text: str, said_on: PartialDate | None):
    calendar = load("en")["calendar"]
    short = [name[:3] for name in calendar["month_names"]]
    for match in _english().finditer(text):
        if match["weekday"]:
            if said_on and said_on.precision == "day":
                place = calendar["weekday_names"].index(match["weekday"].lower())
                back = timedelta((said_on.first.weekday() - place) % 7)
                yield *match.span(), PartialDate.day(said_on.first - back)
            continue
        named = match["month"] or match["month2"] or match["month3"] or match["month4"]
        month = short.index(named[:3].lower()) + 1
        written = match["y1"] or match["y2"] or match["y3"]
        year = int(written) if written else said_on.first.year if said_on else None
        if year is None:
            continue
        day = match["day"] or match["day2"]
        try:
            value = f"{year:04}-{month:02}" + (f"-{int(day):02}" if day else "")
            yield *match.span(), PartialDate.parse(value)
        except ValueError:
            continue


@cache
def _phrases(language: str) -> tuple[re.Pattern, dict[str, tuple[str, int]]]:
    calendar = load(language)["calendar"]
    kinds = {
        phrase: (kind, by)
        for kind in ("years", "months", "days")
        for phrase, by in calendar[kind].items()
    }
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, kinds))})\b"), kinds


def _relative(text: str, language: str, said_on: PartialDate | None):
    """ "L'an dernier", "next month": from the day it was said on."""
    if said_on is None or not FIRST < said_on.first.year < LAST:
        return
    pattern, kinds = _phrases(language)
    for match in pattern.finditer(text.lower().replace("é", "e").replace("’", "'")):
        kind, by = kinds[match[0]]
        day = said_on.first
        if kind == "years":
            yield *match.span(), PartialDate.parse(f"{day.year + by:04}")
        elif kind == "months" and said_on.precision != "year":
            months = day.year * 12 + day.month - 1 + by
            yield *match.span(), PartialDate.parse(f"{months // 12:04}-{months % 12 + 1:02}")
        elif kind == "days" and said_on.precision == "day" and language == "en":
            yield *match.span(), PartialDate.day(day + timedelta(by))
