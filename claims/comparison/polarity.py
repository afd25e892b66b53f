"""What a saying denies: the places of the words that a negation reaches."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from claims.comparison.lexicon import common, load
from claims.comparison.words import Word

REACH = 6  # words between "ne" and what completes it


class Denied(NamedTuple):
    """``places`` of the words denied; how many negations there are; whether it says "only"."""

    places: frozenset[int]
    negations: int
    only: bool


class _Lexicon(NamedTuple):
    before: frozenset[str]
    after: frozenset[str]
    alone: frozenset[str]
    only: frozenset[str]
    more: frozenset[str]
    ends: frozenset[str]
    nothing: tuple[tuple[str, ...], ...]
    maybe: frozenset[str]


@cache
def _lexicon(language: str) -> _Lexicon:
    of = load(language)["negation"]
    lists = (frozenset(of[key]) for key in ("before", "after", "alone", "only", "more", "ends"))
    nothing = tuple(tuple(p.replace("'", " ").replace("-", " ").split()) for p in of["nothing"])
    return _Lexicon(*lists, nothing, frozenset(load(language)["certainty"]["maybe"]))


def denied(words: Sequence[Word], language: str) -> Denied:
    """What is denied: the first word that tells something after each negation, and no more: of
    "ne baissera pas les impôts", that they fall."""
    of, plain = _lexicon(language), common(language)
    lows = [word.low for word in words]
    idle = _idle(lows, of)
    places: set[int] = set()
    negations, only, place = 0, False, 0
    while place < len(lows):
        low = lows[place]
        if place in idle or not (low in of.before or low in of.alone):
            place += 1
            continue
        start, end = place, place + 1
        if low in of.before:
            end = _completed(words, lows, place, of)
            if not end:
                only = only or _restricts(words, lows, place, of)
                place += 1
                continue
        if end < len(lows) and lows[end] in of.more:  # "pas seulement": nothing is denied
            place = end + 1
            continue
        negations += 1
        target = _target(words, start + 1, plain, of)
        if target is not None:
            places.symmetric_difference_update({target})
        place = max(end, start + 1)
    return Denied(frozenset(places), negations, only)


def _completed(words: Sequence[Word], lows: Sequence[str], place: int, of: _Lexicon) -> int:
    """After "ne", the place behind "pas"; 0 where there is none ("ne" alone denies nothing)."""
    for at in range(place + 1, min(place + REACH, len(lows))):
        if words[at].kind == "stop":
            return 0
        if lows[at] in of.after:
            return at + 1
        if lows[at] in of.only:
            return 0
    # "Personne ne", "aucun élu ne": what completes it stands before.
    return place + 1 if any(low in of.after for low in lows[max(0, place - 4) : place]) else 0


def _restricts(words: Sequence[Word], lows: Sequence[str], place: int, of: _Lexicon) -> bool:
    ahead = lows[place + 1 : place + REACH]
    return any(low in of.only for low in ahead)


def _target(words: Sequence[Word], place: int, plain: frozenset[str], of: _Lexicon) -> int | None:
    for at in range(place, len(words)):
        word = words[at]
        if word.kind == "stop":
            return None
        if word.kind == "word" and word.low not in plain:
            return at
        if word.kind == "number":
            return at
    return None


def _idle(lows: Sequence[str], of: _Lexicon) -> set[int]:
    """The places of phrases that deny nothing: "sans doute"."""
    found: set[int] = set()
    for phrase in of.nothing:
        first = phrase[0]
        for place, low in enumerate(lows):
            if low == first and tuple(lows[place : place + len(phrase)]) == phrase:
                found.update(range(place, place + len(phrase)))
    return found
