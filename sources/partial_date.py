"""Dates as news knows them: a day, a month or a year."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import dateformat
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
FORMATS = {"month": "F Y", "year": "Y"}


@dataclass(frozen=True)
class PartialDate:
    """The days from ``first`` up to, not including, ``end``: one day, one month or one year.

    Written as ISO 8601 with reduced precision: "2025-12-03", "2025-12" or "2025".
    """

    first: date
    end: date

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read an ISO date of any precision; raises ValueError saying what is wrong."""
        match = ISO.fullmatch(text.strip())
        if not match:
            raise ValueError(
                _("“%(text)s” is not a date: write 2025-12-03, 2025-12 or 2025.") % {"text": text}
            )
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            first = date(year, month or 1, day or 1)
            if day:
                return cls(first, first + timedelta(days=1))
            if month:
                return cls(first, date(year + month // 12, month % 12 + 1, 1))
            return cls(first, date(year + 1, 1, 1))
        except (ValueError, OverflowError):
            raise ValueError(
                _("“%(text)s” is not a day of the calendar.") % {"text": text}
            ) from None

    @classmethod
    def day(cls, day: date) -> "PartialDate":
        """The partial date of one whole day."""
        return cls(day, day + timedelta(days=1))

    @property
    def precision(self) -> str:
        """day, month or year."""
        days = (self.end - self.first).days
        return "day" if days == 1 else "month" if days <= 31 else "year"

    @property
    def last(self) -> date:
        """The last day it covers."""
        return self.end - timedelta(days=1)

    def isoformat(self) -> str:
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]

    def __str__(self) -> str:
        """As the reader's language writes it: 3 décembre 2025, 1er mai 2025, décembre 2025."""
        if self.precision != "day":
            return dateformat.format(self.first, FORMATS[self.precision])
        text = dateformat.format(self.first, pgettext("date format", "j F Y"))
        if (get_language() or "").startswith("fr") and self.first.day == 1:
            return text.replace("1", "1er", 1)
        return text

    def with_preposition(self) -> str:
        """Inside a sentence: "le 3 décembre 2025", "en décembre 2025"; "on …", "in …"."""
        if self.precision == "day":
            return pgettext("day", "on %(date)s") % {"date": self}
        return pgettext("month or year", "in %(date)s") % {"date": self}
