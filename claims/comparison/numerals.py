"""Numbers in words: "quatre-vingt-dix-huit", "deux millions et demi", "two hundred and five"."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from claims.comparison.lexicon import load

ABBREVIATED = 3  # a magnitude of fewer letters stands after figures only: "3 M", "2 bn"


class Numerals(NamedTuple):
    """The numerals of a language, as ``lexicons/<language>.toml`` lists them."""

    small: dict[str, float]
    one: frozenset[str]
    hundred: frozenset[str]
    large: dict[str, float]
    about: dict[str, float]
    shares: dict[str, float]
    joined: frozenset[str]
    counted: frozenset[str]
    """What stands for one by itself: English "one", never the article "a" or "un"."""


@cache
def numerals(language: str) -> Numerals:
    of = load(language)["numerals"]
    return Numerals(
        of["small"],
        frozenset(of["one"]),
        frozenset(of["hundred"]),
        of["large"],
        of["about"],
        of["shares"],
        frozenset(of["and"]),
        frozenset(of["one"]) & {"one"},
    )


def spelled(lows: Sequence[str], place: int, of: Numerals) -> tuple[float, int]:
    """The whole number whose first word stands at ``place``, and the place after its last; the
    same place where there is none."""
    total, start = 0.0, place
    while True:
        value, end = _below_thousand(lows, place, of, begins=place == start)
        word = _at(lows, end)
        if word in of.large and len(word) >= ABBREVIATED and (end > place or word == "mille"):
            total += (value if end > place else 1) * of.large[word]
            place = end + 1
            if _at(lows, place) in of.joined and _at(lows, place + 1) in of.small:
                place += 1
            continue
        return (total + value, end) if end > start else (0.0, start)


def _below_thousand(
    lows: Sequence[str], place: int, of: Numerals, *, begins: bool
) -> tuple[float, int]:
    value, end = _below_hundred(lows, place, of)
    if end == place and _at(lows, place) in of.one:
        after = _at(lows, place + 1)
        if after in of.hundred or (after in of.large and len(after) >= ABBREVIATED):
            value, end = 1.0, place + 1
        elif _at(lows, place) in of.counted or not begins:
            return 1.0, place + 1
    if _at(lows, end) in of.hundred and value < 10 and (end > place or len(of.counted) == 0):
        value = (value if end > place else 1) * 100
        end += 1
        rest = end + (_at(lows, end) in of.joined and len(of.counted) > 0)
        more, after = _below_hundred(lows, rest, of)
        if after > rest:
            return value + more, after
        if _at(lows, end) in of.one and _at(lows, end + 1) not in of.hundred:
            return value + 1, end + 1
    return value, end


def _below_hundred(lows: Sequence[str], place: int, of: Numerals) -> tuple[float, int]:
    word = _at(lows, place)
    value = of.small.get(word)
    if value is None:
        return 0.0, place
    place += 1
    if word == "quatre" and _at(lows, place).startswith("vingt"):
        value, place = 80.0, place + 1
    elif value == 10:
        units = of.small.get(_at(lows, place), 0)
        return (value + units, place + 1) if 7 <= units <= 9 else (value, place)
    if value < 20:
        return value, place
    at = place + (_at(lows, place) in of.joined and len(of.counted) == 0)
    after = _at(lows, at)
    units = 1 if after in of.one and (at > place or value == 80 or after in of.counted) else 0
    units = units or of.small.get(after, 0)
    if 0 < units < 10:
        return value + units, at + 1
    if value in (60, 80) and 10 <= units < 20:
        more, end = _below_hundred(lows, at, of)
        return value + more, end
    return value, place


def _at(lows: Sequence[str], place: int) -> str:
    return lows[place] if place < len(lows) else ""
