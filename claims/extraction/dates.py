"""The days, months and years a text names, resolved against the day of publication.

"Mardi" is the last Tuesday on or before that day, "hier" the day before. The day of publication may
be known to the month only; a date of the text is then still complete, a weekday is not.
"""

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from claims.extraction.lexicon import load

YEAR = r"(?:19|20)\d\d"


class DateNamed(NamedTuple):
    """A date as written: its characters, end exclusive."""

    start: int
    end: int
    value: str
    """ "2025-12-03", "2025-12" or "2025"."""
    form: str
    """How it is written: "day", "weekday", "moment", "again" ("le lendemain"), "month", "year"."""


@cache
def _pattern() -> re.Pattern:
    lexicon = load("calendar")
    months, days = "|".join(lexicon["months"]), "|".join(lexicon["weekdays"])
    moments = "|".join(re.escape(m).replace("'", "['’]") for m in lexicon["moments"])
    again = "|".join(lexicon["again"])
    return re.compile(
        rf"\b(?:(?:{days}) )?(?P<day>\d{{1,2}})(?: ?er)? (?P<month>{months})"
        rf"(?: (?P<year>{YEAR}))?\b"
        rf"|\bdans la nuit d[eu] (?:{days}) (?:à|au) (?P<night>{days})\b"
        # "le mardi" is every Tuesday
        rf"|(?<!\ble )(?<!\bchaque )\b(?P<weekday>{days})\b(?! prochains?)(?P<last> derniers?)?"
        rf"|\b(?P<moment>{moments})\b"
        rf"|\b(?P<again>{again})\b"
        rf"|\b(?P<some_month>{months}) (?P<of_year>{YEAR})\b"
        rf"|\b(?:en|début|fin|mi-?|de|depuis|au mois d(?:e |['’])) ?(?P<alone>{months})\b"
        rf"(?! prochain| {YEAR})"
        rf"|\b(?:en|de|depuis) (?P<bare>{YEAR})\b",
        re.IGNORECASE,
    )


def dates_named(text: str, published_on: str | None) -> list[DateNamed]:
    """The dates in `text` that can be resolved, in order; "la veille" by the date before it."""
    found: list[DateNamed] = []
    low = text.lower()
    if not any(map(low.__contains__, _signs())):
        return found  # many times faster than the pattern
    published = _parts(published_on)
    for match in _pattern().finditer(text):
        before = next((d.value for d in reversed(found) if len(d.value) == 10), None)
        form, value = _resolve(match, published, before)
        if value:
            found.append(DateNamed(*match.span(), value, form))
    return found


@cache
def _signs() -> list[str]:
    """What stands in every date: digits, names of days and months, the longest words of phrases."""
    lexicon = load("calendar")
    phrases = [*lexicon["moments"], *lexicon["again"]]
    longest = {max(re.split(r"[ '-]", phrase), key=len) for phrase in phrases}
    return [*"0123456789", *lexicon["weekdays"], *lexicon["months"], *longest]


def _resolve(
    match: re.Match, published: tuple[int, ...], before: str | None
) -> tuple[str, str | None]:
    lexicon = load("calendar")
    months, weekdays = lexicon["months"], lexicon["weekdays"]
    if match["day"]:
        month = months.index(match["month"].lower()) + 1
        year = int(match["year"]) if match["year"] else None
        return "day", _day(int(match["day"]), month, year, published)
    if name := match["weekday"] or match["night"]:
        return "weekday", _weekday(weekdays.index(name.lower()), published, bool(match["last"]))
    if match["moment"]:
        return "moment", _moment(match["moment"].lower().replace("’", "'"), published)
    if match["again"]:
        shift = lexicon["again"][match["again"].lower()]
        return "again", _shifted(before, shift)
    if match["some_month"]:
        month = months.index(match["some_month"].lower()) + 1
        return "month", f"{match['of_year']}-{month:02}"
    if match["alone"]:
        return "month", _month(months.index(match["alone"].lower()) + 1, published)
    return "year", match["bare"]


def _parts(published_on: str | None) -> tuple[int, ...]:
    return tuple(int(part) for part in published_on.split("-")) if published_on else ()


def _day(day: int, month: int, year: int | None, published: tuple[int, ...]) -> str | None:
    if year is None:
        if not published:
            return None
        later = (month, day)[: len(published) - 1] > published[1:]
        year = published[0] - later
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(month: int, published: tuple[int, ...]) -> str | None:
    if not published:
        return None
    later = len(published) > 1 and month > published[1]
    return f"{published[0] - later:04}-{month:02}"


def _weekday(weekday: int, published: tuple[int, ...], last: bool) -> str | None:
    """The weekday on or before the day of publication; before it where it is the `last` one."""
    if len(published) < 3:
        return None
    day = date(*published)
    back = (day.weekday() - weekday) % 7
    return (day - timedelta(back or 7 * last)).isoformat()


def _moment(word: str, published: tuple[int, ...]) -> str | None:
    if len(published) < 3:
        return None
    return _shifted(date(*published).isoformat(), load("calendar")["moments"][word])


def _shifted(day: str | None, by: int) -> str | None:
    return (date.fromisoformat(day) + timedelta(by)).isoformat() if day else None
