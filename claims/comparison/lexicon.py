"""The lexicons beside this file, indexed for look-up."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from claims.comparison.words import words_of
from claims.extraction.conjugation import conjugate

FOLDER = Path(__file__).parent / "lexicons"
LANGUAGES = ("fr", "en")
VERBS = ("er", "ir", "re")  # how a French infinitive ends


def known(language: str) -> str:
    """The language whose lexicon reads this one: French, unless it is English."""
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def load(name: str) -> dict:
    """The lexicon ``lexicons/<name>.toml``."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def listed(language: str, table: str, key: str) -> frozenset[str]:
    """The words of a list of ``lexicons/<language>.toml``."""
    return frozenset(load(language)[table][key])


@cache
def common(language: str) -> frozenset[str]:
    """Words that tell no saying from another."""
    return frozenset(load(language)["common"].split())


class Meanings(NamedTuple):
    """What words mean, as numbers: the same number is nearly the same, ``number ^ 1`` opposed.

    ``phrases`` has, by their first stem, the stems of phrases, the longest first.
    """

    words: Mapping[str, frozenset[int]]
    phrases: Mapping[str, list[tuple[tuple[str, ...], frozenset[int]]]]


@cache
def meanings(language: str) -> Meanings:
    """Those of ``lexicons/meanings_<language>.toml``."""
    found: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, entry in _entries(load(f"meanings_{language}")):
        for stems in _stems(language, entry):
            found[stems].add(number)
    phrases = defaultdict(list)
    for stems in sorted(found, key=len, reverse=True):
        if len(stems) > 1:
            phrases[stems[0]].append((stems, frozenset(found[stems])))
    words = {stems[0]: frozenset(found[stems]) for stems in found if len(stems) == 1}
    return Meanings(words, dict(phrases))


@cache
def deniers(language: str) -> frozenset[str]:
    """The stems of words that deny by themselves: "nier", "manquer"."""
    listed = load(language)["negation"]["words"]
    return frozenset(stems[0] for word in listed for stems in _stems(language, word))


def _entries(lexicon: dict) -> Iterator[tuple[int, str]]:
    """Every word or phrase with the number of what it means."""
    rows = [*lexicon["opposed"], *([row] for row in lexicon["near"])]
    for place, sides in enumerate(rows):
        for side, entries in enumerate(sides):
            for entry in entries.split(","):
                yield 2 * place + side, entry.strip()


def _stems(language: str, entry: str) -> set[tuple[str, ...]]:
    """The stems of a word or phrase, those of the other forms of a French verb too."""
    for pronoun in ("se ", "s'"):
        entry = entry.removeprefix(pronoun)
    first, _, rest = entry.partition(" ")
    forms = conjugate(first) if language == "fr" and first.endswith(VERBS) else {first}
    after = tuple(word.stem for word in words_of(rest, language))
    before = {tuple(word.stem for word in words_of(form, language)) for form in {first, *forms}}
    return {stems + after for stems in before if stems}
