"""When the words were said: a date beside the cue, resolved against the day of publication.

"Mardi" is the last Tuesday on or before that day, "hier" the day before. The day of publication may
be known to the month only; a date of the text is then still complete, a weekday is not.
"""

import re
from datetime import date, timedelta
from functools import cache

from claims.extraction.lexicon import load

YEAR = r"(?:19|20)\d\d"


@cache
def _patterns() -> tuple[re.Pattern, ...]:
    lexicon = load("calendar")
    months = "|".join(lexicon["months"])
    days = "|".join(lexicon["weekdays"])
    return (
        re.compile(rf"\b(\d{{1,2}})(?:er)? ({months})(?: ({YEAR}))?\b", re.IGNORECASE),
        re.compile(rf"\b({months})(?: ({YEAR}))\b", re.IGNORECASE),
        re.compile(
            rf"\b(?:en|début|fin|mi-?|de|depuis|au mois de|au mois d['’]) ?({months})\b",
            re.IGNORECASE,
        ),
        re.compile(rf"\b({days})\b(?! prochains?)", re.IGNORECASE),
        re.compile(
            r"\b(avant-hier|hier|aujourd['’]hui|ce (?:matin|midi|soir)|cet après-midi"
            r"|cette nuit)\b",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?:en|de|depuis) ({YEAR})\b", re.IGNORECASE),
    )


def said_on(clause: str, published_on: str | None) -> str | None:
    """The date that `clause` names, as "2025-12-03", "2025-12" or "2025"; None if it names none."""
    published = _parts(published_on)
    day_month, month_year, month_alone, weekday, moment, year = _patterns()
    months = load("calendar")["months"]
    if match := day_month.search(clause):
        month = months.index(match[2].lower()) + 1
        return _day(int(match[1]), month, int(match[3]) if match[3] else None, published)
    if match := weekday.search(clause):
        return _weekday(load("calendar")["weekdays"].index(match[1].lower()), published)
    if match := moment.search(clause):
        return _moment(match[1].lower().replace("’", "'"), published)
    if match := month_year.search(clause):
        return f"{int(match[2]):04}-{months.index(match[1].lower()) + 1:02}"
    if match := month_alone.search(clause):
        month = months.index(match[1].lower()) + 1
        if published:
            year_of = published[0] - (len(published) > 1 and month > published[1])
            return f"{year_of:04}-{month:02}"
        return None
    if match := year.search(clause):
        return match[1]
    return None


def day_named(text: str) -> bool:
    """Whether `text` names a day by its number and month."""
    return bool(_patterns()[0].search(text))


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


def _weekday(weekday: int, published: tuple[int, ...]) -> str | None:
    if len(published) < 3:
        return None
    day = date(*published)
    return (day - timedelta((day.weekday() - weekday) % 7)).isoformat()


def _moment(word: str, published: tuple[int, ...]) -> str | None:
    if len(published) < 3:
        return None
    days = {"hier": 1, "avant-hier": 2}.get(word, 0)
    return (date(*published) - timedelta(days)).isoformat()
