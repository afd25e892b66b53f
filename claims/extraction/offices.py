"""Offices known by several names: "le chef du gouvernement" is the "Premier ministre"."""

from functools import cache
from typing import NamedTuple

from claims.extraction.folding import fold, stem
from claims.extraction.lexicon import load, words


class Office(NamedTuple):
    """One office; `words` are the modifiers that name it, which say nothing else."""

    name: str
    words: frozenset[str]


@cache
def _offices() -> dict[str, list[tuple[frozenset[str], Office]]]:
    """Noun -> (the modifiers it needs, the office), those of more words first."""
    found: dict[str, list[tuple[frozenset[str], Office]]] = {}
    skipped = words("articles") | words("places")
    for name, phrases in load("offices").items():
        for phrase in phrases:
            noun, *rest = phrase.replace("'", "' ").split()
            needed = frozenset(place_of(stem(w)) for w in rest if w.lower() not in skipped)
            found.setdefault(noun, []).append((needed, Office(name, needed)))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def office_of(noun: str, modifiers: frozenset[str]) -> Office | None:
    """The office that a role noun and its modifiers (stems) name."""
    return next((o for needed, o in _offices().get(noun, ()) if needed <= modifiers), None)


@cache
def _places() -> dict[str, str]:
    """Stem of a demonym or capital -> that of its country."""
    found = {}
    for demonym, (country, capital, *seats) in load("countries")["demonyms"].items():
        for name in (demonym, capital, *seats):
            found[stem(name)] = fold(country)
        found[stem(country)] = fold(country)
    return found


def place_of(word: str) -> str:
    """The country that a stem stands for ("russ", "moscou"), or the stem itself."""
    return _places().get(word, word)
