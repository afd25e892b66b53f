"""Forms of address and first names, and the gender they tell."""

from functools import cache

from claims.extraction.lexicon import load


@cache
def titles() -> dict[str, str]:
    """Form of address -> gender."""
    lexicon = load("titles")
    genders = {"masculine": "m", "feminine": "f", "neutral": ""}
    return {title: gender for key, gender in genders.items() for title in lexicon[key]}


@cache
def first_names() -> frozenset[str]:
    """First names that open a full name wherever they stand."""
    lexicon = load("first_names")
    return frozenset(f"{lexicon['masculine']} {lexicon['feminine']}".split())


@cache
def _genders() -> dict[str, str]:
    lexicon = load("first_names")
    tables = (lexicon["gender_only"], lexicon)  # what both list is as the second has it
    return {
        name: key[0]
        for table in tables
        for key in ("masculine", "feminine")
        for name in table[key].split()
    }


def gender_of(name: str) -> str:
    """The gender of a first name, "m", "f" or "" where it tells nothing; that of "Jean-Robert" is
    that of "Jean"."""
    return _genders().get(name) or _genders().get(name.split("-")[0], "")
