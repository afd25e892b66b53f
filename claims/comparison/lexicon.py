"""The lexicons beside this file, indexed for look-up."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from claims.comparison.words import stems_of, words_of
from claims.extraction.conjugation import conjugate

FOLDER = Path(__file__).parent / "lexicons"
LANGUAGES = ("fr", "en")
VERBS = ("er", "ir", "re")  # how a French infinitive ends
DENIED = re.compile(r"ne (pas|plus|rien) (.+)")


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
    """Those of the files in ``lexicons/meanings/<language>``."""
    found: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, entry in entries(language):
        for stems in stems_of_entry(language, entry):
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
    return frozenset(stems[0] for word in listed for stems in stems_of_entry(language, word))


@cache
def acts(language: str) -> frozenset[int]:
    """The meanings of what is done: of verbs, and of the nouns beside them."""
    return frozenset(
        number
        for number, entry in entries(language)
        if language == "fr" and _without_pronoun(entry).partition(" ")[0].endswith(VERBS)
    )


def entries(language: str) -> Iterator[tuple[int, str]]:
    """Every word or phrase with the number of what it means."""
    place = 0
    for path in sorted((FOLDER / "meanings" / language).glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            for side, words in enumerate(line.split("|")):
                for entry in words.split(","):
                    yield 2 * place + side, entry.strip()
            place += 1


@cache
def stems_of_entry(language: str, entry: str) -> frozenset[tuple[str, ...]]:
    """The stems of a word or phrase, those of the other forms of a French verb too, without the
    small words that may stand or not between them; "ne pas suffire" as "suffit pas" too."""
    if language == "fr" and (match := DENIED.match(entry)):
        denial, rest = match.groups()
        denial = words_of(denial, language)[0].stem
        return frozenset(
            stems
            for verb in stems_of_entry(language, rest)
            for stems in ((denial, *verb), (verb[0], denial, *verb[1:]))
        )
    first, _, rest = _without_pronoun(entry).partition(" ")
    after = tuple(w.stem for w in words_of(rest, language) if w.low not in skipped(language))
    return frozenset(begin + after for begin in _begins(language, first))


def _without_pronoun(entry: str) -> str:
    return entry.removeprefix("se ").removeprefix("s'")


@cache
def _begins(language: str, first: str) -> frozenset[tuple[str, ...]]:
    """The stems a word may have, of a French verb those of all its forms that are nothing else."""
    stems = tuple(word.stem for word in words_of(first, language))
    if not (language == "fr" and first.endswith(VERBS) and len(stems) <= 2):
        return frozenset([stems]) if stems else frozenset()
    forms = stems_of(language, conjugate(first.rpartition("'")[2])) - homographs(language)
    return frozenset((*stems[:-1], form) for form in {*forms, stems[-1]})


@cache
def homographs(language: str) -> set[str]:
    """The stems of forms that are another word far more often: "parti", "fonds"."""
    return stems_of(language, listed(language, "phrases", "homographs"))


@cache
def skipped(language: str) -> frozenset[str]:
    """Words that may stand between those of a phrase: "supprimer [200] postes"."""
    return listed(language, "phrases", "skipped")
