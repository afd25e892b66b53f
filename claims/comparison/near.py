"""Single words that mean nearly the same as another, for whoever looks for them one by one."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from claims.comparison.lexicon import entries, meanings, stems_of_entry

FORMS = 2  # of an irregular verb


@lru_cache(maxsize=1 << 14)
def near(language: str, stem: str, most: int) -> tuple[str, ...]:
    """The stems of words near to one, those it has the smallest groups in common with first."""
    told: Counter[str] = Counter()
    for meaning in meanings(language).words.get(stem, ()):
        members = _members(language)[meaning]
        told.update(dict.fromkeys(members, 1 / len(members)))
    del told[stem]
    return tuple(sorted(told, key=lambda each: (-told[each], each))[:most])


@cache
def _members(language: str) -> Mapping[int, list[str]]:
    """The stems of single words, by what they mean."""
    found = defaultdict(list)
    for number, entry in entries(language):
        stems = sorted({s[0] for s in stems_of_entry(language, entry) if len(s) == 1}, key=len)
        found[number] += stems[:FORMS]
    return found
