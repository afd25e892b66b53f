"""Common nouns for institutions, documents and groups, and what they may stand for."""

from functools import cache

from claims.extraction.folding import fold, stem
from claims.extraction.lexicon import load, words
from claims.extraction.roles import is_role


@cache
def organisation_nouns() -> frozenset[str]:
    nouns = load("nouns")["organisations"]
    return frozenset([*nouns["nouns"], *nouns["rare"]]) | words("organisation_labels")


@cache
def document_nouns() -> frozenset[str]:
    nouns = load("nouns")["documents"]["nouns"]
    return frozenset([*nouns, *(f"{noun}s" for noun in nouns if not noun.endswith("s"))])


@cache
def group_nouns() -> frozenset[str]:
    return frozenset(load("nouns")["groups"]["nouns"])


@cache
def powers() -> frozenset[str]:
    """Countries and the capitals that stand for their governments, folded."""
    places = load("countries")["demonyms"].values()
    return frozenset(fold(place) for names in places for place in names)


@cache
def demonyms() -> frozenset[str]:
    """Stems of what the people of countries are called: "russ", "americain"."""
    return frozenset(stem(demonym) for demonym in load("countries")["demonyms"])


@cache
def known_nouns() -> frozenset[str]:
    """Nouns of institutions, documents and groups."""
    return organisation_nouns() | document_nouns() | group_nouns()


def is_group(low: str) -> bool:
    """A plural of people: "chercheurs"."""
    return low.endswith("s") and not is_role(low) and is_role(low[:-1])


@cache
def folded_nouns() -> dict[str, str]:
    """Nouns of institutions without their accents."""
    return {fold(noun): noun for noun in organisation_nouns()}


@cache
def classes() -> dict[str, frozenset[str]]:
    """Noun of an institution -> the sorts of institution it may be: "quotidien" -> press."""
    found: dict[str, set[str]] = {}
    for sort, nouns in load("nouns")["institutions"].items():
        for noun in nouns:
            found.setdefault(noun, set()).add(sort)
    return {noun: frozenset(sorts) for noun, sorts in found.items()}
