"""What a saying denies: how often, and the places of the words that a negation reaches."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from claims.comparison.lexicon import common, load
from claims.comparison.words import Word

REACH = 6  # words between "ne" and what completes it
AHEAD = 14  # words between "aucun" and its "ne"


class Denied(NamedTuple):
    """``places`` of the words denied; how many negations there are; whether it says "only", and
    whether that what was is no longer ("ne … plus")."""

    places: frozenset[int]
    negations: int
    only: bool
    ended: bool


class _Lexicon(NamedTuple):
    before: frozenset[str]
    after: frozenset[str]
    alone: frozenset[str]
    bound: frozenset[str]
    only: frozenset[str]
    more: frozenset[str]
    nothing: tuple[tuple[str, ...], ...]
    ended: frozenset[str]


@cache
def _lexicon(language: str) -> _Lexicon:
    of = load(language)["negation"]
    lists = (frozenset(of[key]) for key in ("before", "after", "alone", "bound", "only", "more"))
    nothing = tuple(tuple(p.replace("'", " ").replace("-", " ").split()) for p in of["nothing"])
    return _Lexicon(*lists, nothing, frozenset(of["ended"]))


def denied(
    words: Sequence[Word], language: str, within: frozenset[int] | set[int] = frozenset()
) -> Denied:
    """What is denied: the first word that tells something after each negation: of "ne baissera
    pas les impôts", that they fall. The negations at the places ``within`` belong to phrases."""
    of, plain = _lexicon(language), common(language)
    lows = [word.low for word in words]
    idle = _idle(lows, of) | within
    places: set[int] = set()
    negations, only, ended, place = 0, False, False, 0
    while place < len(lows):
        low = lows[place]
        if place in idle or not (low in of.before or low in of.alone):
            place += 1
            continue
        if low in of.before:
            end = _completed(words, place, of, idle)
            if not end:  # "ne" alone: "que" restricts, "pas un seul … qui ne" denies again
                only = only or any(each in of.only for each in lows[place + 1 : place + REACH])
                if negations and lows[place - 1 : place] == ["qui"]:
                    negations += 1
                place += 1
                continue
            start = place + 1
        else:
            end, start = place + 1, place + 1
            later = _its_ne(words, place, of)
            if low in of.bound and not later:
                place += 1
                continue
            if later:  # "aucun élu n'a voté": one negation, of the verb
                start = later + 1
                end = _completed(words, later, of, idle) or start
        ended = ended or not of.ended.isdisjoint(lows[end - 1 : end + (low in of.alone)])
        if end < len(lows) and lows[end] in of.more:  # "pas seulement": nothing is denied
            only = False
            place = end + 1
            continue
        negations += 1
        target = _target(words, start, plain)
        if target is not None:
            places ^= {target}
        place = max(end, start)
    return Denied(frozenset(places), negations, only, ended)


def _completed(words: Sequence[Word], place: int, of: _Lexicon, idle: set[int]) -> int:
    """After "ne", the place behind "pas"; 0 where there is none."""
    for at in range(place + 1, min(place + REACH, len(words))):
        if words[at].kind == "stop" and words[at].text != ",":
            return 0
        if words[at].low in of.after:
            return 0 if at in idle and words[at].low in of.alone else at + 1
        if words[at].low in of.only:
            return 0
    return 0


def _its_ne(words: Sequence[Word], place: int, of: _Lexicon) -> int:
    """The place of the "ne" that goes with "aucun" or "jamais" before it; 0 if there is none."""
    for at in range(place + 1, min(place + AHEAD, len(words))):
        word = words[at]
        if (word.kind == "stop" and word.text != ",") or word.low == "qui":
            return 0
        if word.low in of.before:
            return at
    return 0


def _target(words: Sequence[Word], place: int, plain: frozenset[str]) -> int | None:
    for at in range(place, len(words)):
        word = words[at]
        if word.kind == "stop":
            return None
        if word.kind == "number" or (word.kind == "word" and word.low not in plain):
            return at
    return None


def _idle(lows: Sequence[str], of: _Lexicon) -> set[int]:
    """The places of phrases that deny nothing: "sans doute"."""
    found: set[int] = set()
    for phrase in of.nothing:
        for place, low in enumerate(lows):
            if low == phrase[0] and tuple(lows[place : place + len(phrase)]) == phrase:
                found.update(range(place, place + len(phrase)))
    return found


def negating(low: str, language: str) -> bool:
    """Whether a word is a negation: "pas", "sans"."""
    return low in _lexicon(language).alone
