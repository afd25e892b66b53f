"""The columns of a table: what a cell, or a value in JSON, may hold, and how it is written."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Choices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from claims.exchange import cells
from sources.partial_date import PartialDate

DAY_FIRST = re.compile(r"(?:(\d{1,2})[/.])?(\d{1,2})[/.](\d{4})")
WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}\S*")
WIKIDATA = re.compile(r"(?:https?://www\.wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)")

Value = str | list[str] | list[dict[str, str]]


@dataclass(frozen=True)
class Fault:
    """A cell that holds no value, and why."""

    sentence: str


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """A word as it is compared: without case, accents, underscores and signs around it."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("’", "'"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def in_every_language(text: str | Promise) -> list[str]:
    """A text of the interface, in each of its languages."""
    words = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            words.append(str(text))
    return words


@dataclass(frozen=True, kw_only=True)
class Column:
    """A text; ``most`` characters of it. ``lines``: it may have several.

    ``name`` is that of JSON and of the API, ``label`` the heading in a spreadsheet; either is read.
    One that is ``told`` is written and never read.
    """

    name: str
    label: str | Promise
    told: bool = False
    most: int = 100_000
    lines: bool = False

    @property
    def headings(self) -> set[str]:
        return {fold(word) for word in (self.name, *in_every_language(self.label))}

    def read(self, given: object) -> Value:
        """The value a cell or JSON holds, "" or [] for none; raises ValueError saying why not."""
        if isinstance(given, Fault):
            raise ValueError(given.sentence)
        return self._read(given)

    def _read(self, given: object) -> Value:
        text = _text(given)
        text = _tidy(text) if self.lines else " ".join(text.split())
        if len(text) > self.most:
            raise ValueError(_("it is longer than %(most)d characters") % {"most": self.most})
        return text

    def tidied(self, value: Value) -> Value:
        """A value of the record as it would be read again."""
        return _tidy(value) if self.lines else " ".join(value.split())

    def cell(self, value: Value) -> str:
        """The value as a spreadsheet shows it, in the interface's language."""
        return value


@dataclass(frozen=True, kw_only=True)
class Choice(Column):
    """One of some words: the value itself, or what the interface calls it in any language; of
    several words the first are enough, if they tell it.

    ``words()`` are those of each value; ``shown`` the one for it.
    """

    words: Callable[[], dict[str, list[str]]]
    shown: Callable[[str], str]

    @classmethod
    def of(cls, choices: type[Choices], **kwargs) -> "Choice":
        def words() -> dict[str, list[str]]:
            return {member.value: in_every_language(member.label) for member in choices}

        return cls(words=words, shown=lambda value: str(choices(value).label), **kwargs)

    def _read(self, given: object) -> str:
        text = super()._read(given)
        if not text:
            return ""
        words = self.words()
        folded = {value: {fold(word) for word in (value, *names)} for value, names in words.items()}
        meant = [value for value, names in folded.items() if fold(text) in names] or [
            value
            for value, names in folded.items()
            if any(name.startswith(f"{fold(text)} ") for name in names)
        ]
        if len(meant) == 1:
            return meant[0]
        known = ", ".join(self.shown(value) for value in words)
        raise ValueError(_("“%(text)s” is none of: %(known)s") % {"text": text, "known": known})

    def cell(self, value: str) -> str:
        return self.shown(value) if value else ""


@dataclass(frozen=True, kw_only=True)
class Date(Column):
    """A day, a month or a year, in ISO; or with the day first, as French spreadsheets write it.

    ``past``: it has come. ``whole``: it is a day.
    """

    past: bool = False
    whole: bool = False

    def _read(self, given: object) -> str:
        text = super()._read(given)
        if not text:
            return ""
        if found := DAY_FIRST.fullmatch(text):
            parts = [found[3], found[2].zfill(2), *([found[1].zfill(2)] if found[1] else [])]
            parsed = PartialDate.parse("-".join(parts))
        else:
            parsed = PartialDate.parse(WITH_TIME.sub(r"\1", text))
        if self.past and parsed.first > timezone.localdate():
            raise ValueError(_("that day has not come yet"))
        if self.whole and parsed.precision != "day":
            raise ValueError(_("give the day, as 2026-03-31"))
        return parsed.isoformat()


@dataclass(frozen=True, kw_only=True)
class Address(Column):
    """A web address."""

    most: int = 2000

    def _read(self, given: object) -> str:
        text = super()._read(given)
        if text:
            try:
                URLValidator(schemes=["http", "https"])(text)
            except ValidationError:
                raise ValueError(_("“%(url)s” is not a web address") % {"url": text}) from None
        return text


@dataclass(frozen=True, kw_only=True)
class WikidataId(Column):
    """The id of a Wikidata item, or its address."""

    def _read(self, given: object) -> str:
        text = super()._read(given)
        if not text:
            return ""
        if found := WIKIDATA.fullmatch(text):
            return found[1]
        raise ValueError(_("A Wikidata id is Q and a number."))


@dataclass(frozen=True, kw_only=True)
class List(Column):
    """Some texts: in JSON an array, in a cell separated by ``separators``."""

    separators: str = ";\n"

    def _read(self, given: object) -> list[str]:
        if isinstance(given, list):
            items = [_text(item) for item in given]
        else:
            items = cells.split(_text(given), self.separators)
        read = [item for given in items if (item := " ".join(given.split()))]
        for item in read:
            if len(item) > self.most:
                raise ValueError(_("it is longer than %(most)d characters") % {"most": self.most})
        return list(dict.fromkeys(read))

    def tidied(self, value: list[str]) -> list[str]:
        return list(dict.fromkeys(" ".join(item.split()) for item in value))

    def cell(self, value: list[str]) -> str:
        return cells.join(value)


@dataclass(frozen=True, kw_only=True)
class Items(Column):
    """Items of several parts: in JSON an array of objects, in a cell one a line, parts by "|"."""

    parts: list[Column] = field(default_factory=list)

    def _read(self, given: object) -> list[dict[str, str]]:
        if isinstance(given, list):
            items = [self._object(item) for item in given]
        else:
            items = [self._line(line) for line in cells.lines(_text(given))]
        return [dict(item) for item in dict.fromkeys(tuple(item.items()) for item in items)]

    def tidied(self, value: list[dict[str, str]]) -> list[dict[str, str]]:
        return [{part.name: part.tidied(item[part.name]) for part in self.parts} for item in value]

    def cell(self, value: list[dict[str, str]]) -> str:
        return "\n".join(
            cells.join_parts(part.cell(item[part.name]) for part in self.parts) for item in value
        )

    def _line(self, line: str) -> dict[str, str]:
        parts = cells.split_parts(line)
        if len(parts) > len(self.parts):
            shown = " | ".join(str(part.label) for part in self.parts)
            raise ValueError(_("a line has these parts: %(parts)s") % {"parts": shown})
        return self._item(dict(zip((part.name for part in self.parts), parts, strict=False)))

    def _object(self, given: object) -> dict[str, str]:
        known = [part.name for part in self.parts]
        if not isinstance(given, dict) or set(given) - set(known):
            raise ValueError(_("an item has these parts: %(parts)s") % {"parts": ", ".join(known)})
        return self._item(given)

    def _item(self, given: dict[str, object]) -> dict[str, str]:
        item = {}
        for part in self.parts:
            try:
                item[part.name] = part.read(given.get(part.name))
            except ValueError as error:
                raise ValueError(f"{part.label}: {error}") from None
        return item


def by_heading(columns: Iterable[Column]) -> dict[str, Column]:
    """Each column by every word that may head it."""
    return {heading: column for column in columns for heading in column.headings}


def day(value: str) -> date:
    return PartialDate.parse(value).first


def _text(given: object) -> str:
    match given:
        case None:
            return ""
        case str():
            text = given
        case bool() | list() | dict():
            raise ValueError(_("it is no text"))
        case Decimal() | int() | float():
            text = str(given)
        case _:
            raise ValueError(_("it is no text"))
    if "\0" in text:
        raise ValueError(_("it contains a NUL"))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(_("it holds half of a surrogate pair, which is no character")) from None
    return text


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
