"""The numbers of a saying, in figures or words: how much, of what, and how exactly.

Years are dates (``days.py``), not amounts. A number in a name ("G7", "Covid-19") is part of it.
"""

import re
from collections.abc import Sequence
from functools import cache
from math import inf, isfinite
from typing import NamedTuple

from claims.comparison.lexicon import common, load
from claims.comparison.numerals import numerals, spelled
from claims.comparison.words import Word

YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
THINGS = 3  # words after a number that may say what it counts
MOST = 30  # numbers of a saying that are read
ROUNDED = 0.1  # how far a number that says it is rounded may be off
SHARED = 0.05  # and a share: a third is 33 or 34 %, not 30
BEYOND = 0.25  # how far "more than 100" still tells of what it bounds
OF = {"d", "de", "des", "of"}
HALF = {"demi", "demie", "half"}
TO = {"a", "et", "ou", "to", "and", "or", "–", "—"}
CURRENCIES = {"$", "£", "€"}


class Quantity(NamedTuple):
    """A number as said. ``low`` and ``high`` differ where it is a bound or a range; ``rounded``
    where it says that it is; a ``label`` counts nothing ("article 5", "3e"). ``things`` are the
    stems of what it may count, where that is no known ``unit``."""

    value: float
    low: float
    high: float
    unit: str
    things: frozenset[str]
    rounded: bool
    label: bool
    start: int
    end: int
    """The places of its words, end exclusive."""


class _Words(NamedTuple):
    times: dict[str, float]
    ordinals: dict[str, float]
    endings: frozenset[str]
    of_them: frozenset[str]
    between: frozenset[str]
    linking: frozenset[str]
    labels: frozenset[str]
    units: dict[str, str]
    counted: dict[str, str]
    before_year: frozenset[str]
    before_article: frozenset[str]
    scales: dict[str, tuple[str, float]]
    bounds: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def _words(language: str) -> _Words:
    lexicon = load(language)
    of = lexicon["numerals"]
    bounds = [
        (kind, tuple(words))
        for kind in ("approximate", "at_least", "at_most")
        for words in of[kind]
    ]
    return _Words(
        of["times"],
        of["ordinals"],
        *(
            frozenset(of[key])
            for key in ("ordinal_endings", "of_them", "between", "linking", "labels")
        ),
        _by_word(lexicon["units"]),
        _by_word(lexicon["counted"]),
        frozenset(lexicon["calendar"]["before_year"] + lexicon["calendar"]["month_names"]),
        frozenset(of["before_article"]),
        {unit: (base, times) for unit, (base, times) in lexicon["scales"].items()},
        tuple(sorted(bounds, key=lambda bound: -len(bound[1]))),
    )


def _by_word(lists: dict[str, list[str]]) -> dict[str, str]:
    return {word: name for name, words in lists.items() for word in words}


def figure(written: str, language: str) -> float:
    """What a number in figures is: "12 000", "3,5" and "1.200" as its language writes them."""
    plain = re.sub(r"[ \u00a0\u202f'’]", "", written)
    mark, point = (",", ".") if language == "en" else (".", ",")
    if re.fullmatch(rf"\d{{1,3}}(?:\{mark}\d{{3}})+(?:\{point}\d+)?", plain):
        plain = plain.replace(mark, "")
    plain = plain.replace(",", ".")
    return float(plain if plain.count(".") < 2 else plain.replace(".", ""))


def quantities(
    words: Sequence[Word], language: str, dated: frozenset[int]
) -> tuple[list[Quantity], list[tuple[int, int]]]:
    """The quantities, and the places and values of bare years; ``dated`` are places in dates."""
    reader = _Reader(words, language)
    place = 0
    while place < len(words) and len(reader.found) < MOST:
        place = place + 1 if place in dated else max(reader.read(place), place + 1)
    return reader.found, reader.years


class _Reader:
    """Reads along the words once."""

    def __init__(self, words: Sequence[Word], language: str):
        self.words, self.language = words, language
        self.lows = [word.low for word in words]
        self.of, self.numerals, self.common = _words(language), numerals(language), common(language)
        self.found: list[Quantity] = []
        self.years: list[tuple[int, int]] = []

    def low(self, place: int) -> str:
        return self.lows[place] if 0 <= place < len(self.lows) else ""

    def read(self, place: int) -> int:
        """Read what begins here; the place after it, or this one."""
        word = self.words[place]
        if word.kind == "time":
            hours, _, minutes = word.low.replace(" ", "").lower().partition("h")
            return self._add(float(hours) + float(minutes or 0) / 60, place, place + 1, "heure")
        if word.kind == "number":
            return self._figure(place)
        if word.kind != "word":
            return place
        if word.low in self.of.times:
            return self._add(self.of.times[word.low], place, place + 1, "fois")
        if word.low in self.of.ordinals and word.low not in self.numerals.shares:
            return self._add(self.of.ordinals[word.low], place, place + 1, "", label=True)
        value, end = spelled(self.lows, place, self.numerals)
        if end > place and self.low(end) in self.of.ordinals:  # "dix-septième"
            return self._add(
                value + self.of.ordinals[self.low(end)], place, end + 1, "", label=True
            )
        if end > place:
            return self._scaled(value, place, end)
        if word.low in self.numerals.one:  # "un tiers", "une centaine", "un Français sur trois"
            after = self.low(place + 1)
            if after in self.numerals.shares or after in self.numerals.about:
                return self._scaled(1, place, place + 1)
            if self._of_them(1, place + 1) or self._period(place):
                return self._scaled(1, place, place + 1)
        elif word.low in ("moitie", "half"):
            value, end = spelled(self.lows, place + 1, self.numerals)
            if value >= 1e3:  # "half a million"
                return self._scaled(value / 2, place, end)
            return self._add(50, place, place + 1, "%", rounded=True)
        return place

    def _period(self, place: int) -> bool:
        """Whether an article counts: "sur un an", "d'un semestre"."""
        unit = self.of.units.get(self.low(place + 1))
        return self.low(place - 1) in self.of.before_article and unit in self.of.scales

    def _figure(self, place: int) -> int:
        word, end = self.words[place], place + 1
        if self._is_year(place):
            self.years.append((place, int(word.low)))
            return end
        value = figure(word.low, self.language)
        if self.low(end) in self.of.endings and self.words[end].start == word.end:
            return self._add(value, place, end + 1, "", label=True)
        return self._scaled(value, place, end)

    def _is_year(self, place: int) -> bool:
        if not YEAR.fullmatch(self.low(place)):
            return False
        after = self.low(place + 1)
        if after in self.of.units or after in self.numerals.large:
            return False
        if self.low(place - 1) in self.of.before_year:
            return True
        return place + 1 >= len(self.words) or self.words[place + 1].kind == "stop"

    def _scaled(self, value: float, start: int, end: int) -> int:
        """Add a number with the magnitude, the fraction or the share that follows it."""
        of, after = self.numerals, self.low(end)
        while after in of.large and (len(after) > 1 or self.words[end].text != "m"):
            value *= of.large[after]
            end += 1
            after = self.low(end)
        if after in of.joined and self.low(end + 1) in HALF:
            larger = of.large.get(self.low(end - 1), 1)
            value, end, after = value + larger / 2, end + 2, ""
        if after in of.about:
            return self._add(value * of.about[after], start, end + 1, "", rounded=True)
        if after in of.shares and value < 10:
            return self._add(value * of.shares[after] * 100, start, end + 1, "%", rounded=True)
        if part := self._of_them(value, end):
            return self._add(value / part[0] * 100, start, part[1], "%", rounded=True)
        return self._add(value, start, end, "")

    def _of_them(self, value: float, end: int) -> tuple[float, int] | None:
        """ "Un Français sur trois": how many there are, and the place after it."""
        for place in range(end, min(end + 3, len(self.words))):
            if self.low(place) not in self.of.of_them:
                continue
            after = place + 1 + (self.low(place + 1) in self.of.of_them)
            if self.low(after) and self.words[after].kind == "number":
                total, stop = figure(self.low(after), self.language), after + 1
            else:
                total, stop = spelled(self.lows, after, self.numerals)
            return (total, stop) if stop > after and value < total <= 100 else None
        return None

    def _add(
        self,
        value: float,
        start: int,
        end: int,
        unit: str,
        *,
        rounded: bool = False,
        label: bool = False,
    ) -> int:
        at, before = start, self.low(start - 1)
        if before in CURRENCIES:
            unit, at = unit or self.of.units[before], start - 1
        stop = end
        if not unit:
            unit, stop = self._unit(end)
        things = () if unit else self._things(end)
        low = high = value
        if before in self.of.labels:
            label, unit, things, stop = True, "", [self.words[start - 1].stem], end
        if unit in self.of.scales:
            unit, times = self.of.scales[unit]
            value, low, high = value * times, low * times, high * times
        for kind, words in self.of.bounds:
            first = at - len(words)
            if first >= 0 and tuple(self.lows[first:at]) == words:
                rounded = rounded or kind == "approximate"
                high = inf if kind == "at_least" else high
                low = -inf if kind == "at_most" else low
                at = first
                break
        if self._in_range(at, value, unit):
            return stop
        if self.found and self.found[-1].end == start - 1 and self.low(start - 1) in TO:
            self.found[-1] = _counting(self.found[-1], unit)  # "de 3 à 5 %"
        self.found.append(
            Quantity(value, low, high, unit, frozenset(things), rounded, label, at, stop)
        )
        return stop

    def _in_range(self, start: int, value: float, unit: str) -> bool:
        """Whether it is the end of a range, "entre 10 et 15": then the range reaches to it."""
        if not self.found or self.low(start - 1) not in self.numerals.joined:
            return False
        first = self.found[-1]
        if first.end != start - 1 or self.low(first.start - 1) not in self.of.between:
            return False
        self.found[-1] = _counting(first, unit)._replace(
            value=(first.value + value) / 2, low=first.value, high=value
        )
        return True

    def _unit(self, end: int) -> tuple[str, int]:
        """The unit that follows, and the place after it."""
        place = end
        while self.low(place) in OF:
            place += 1
        units = self.of.units
        if unit := units.get(f"{self.low(place)} {self.low(place + 1)}"):
            return unit, place + 2
        unit = units.get(self.low(place), "")
        return (unit, place + 1) if unit else (self.of.counted.get(self.low(place), ""), end)

    def _things(self, end: int) -> list[str]:
        found: list[str] = []
        for word in self.words[end : end + 2 * THINGS]:
            if word.kind != "word" or len(found) == THINGS:
                break
            if word.low not in self.of.linking and word.low not in self.common:
                found.append(self.of.counted.get(word.low) or word.stem)
        return found


def _counting(quantity: Quantity, unit: str) -> Quantity:
    """The same of this unit, where it has none."""
    if not unit or quantity.unit or quantity.label:
        return quantity
    return quantity._replace(unit=unit, things=frozenset())


def agreement(one: Quantity, other: Quantity) -> str:
    """Of two that count the same: "same", "near" (one may be the other, rounded) or "other"."""
    if one.label or other.label:
        return "same" if one.value == other.value else "other"
    off = distance(one, other)
    bounded = [each for each in (one, other) if each.low != each.high]
    if len(bounded) == 2 and (one.high == inf) != (other.high == inf):
        return "other"
    if len(bounded) == 1:
        (bound,) = bounded
        exact = other if bound is one else one
        inside = bound.low <= exact.value <= bound.high
        return "near" if off <= (BEYOND if inside else 0.02) else "other"
    if off < 1e-6:
        return "same"
    if one.rounded or other.rounded:
        return "near" if off <= (SHARED if one.unit == "%" else ROUNDED) else "other"
    return "near" if off <= 0.02 and _may_round(one.value, other.value) else "other"


def distance(one: Quantity, other: Quantity) -> float:
    """How far apart they are, as a share of the larger one."""
    largest = max(abs(one.value), abs(other.value))
    return abs(one.value - other.value) / largest if largest and isfinite(largest) else 0.0


def _may_round(one: float, other: float) -> bool:
    """Whether one is the other, told by the hundred or thousand."""
    coarse, fine = sorted((_step(one), _step(other)), reverse=True)
    return coarse > fine and max(one, other) >= 100 and abs(one - other) <= coarse / 2


def _step(value: float) -> float:
    """The place of the last figure that is not zero: 1200 is told by the hundred."""
    if not value or not isfinite(value) or value != int(value):
        return 0.1
    step = 1.0
    while value % (step * 10) == 0 and step < 1e15:
        step *= 10
    return step
