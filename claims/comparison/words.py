"""The words of a saying, as everything here sees them: folded, stemmed, with their place."""

import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from claims.extraction.folding import fold as without_accents

LONGEST = 2000  # characters that are read; a claim has some hundred
ALGORITHMS = {"fr": "french", "en": "english"}

TOKEN = re.compile(
    r"(?P<time>(?<!\w)\d{1,2} ?h(?: ?\d{2})?(?!\w))"
    r"|(?P<number>\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    r"|(?P<word>aujourd['’]hui|n['’]t(?!\w)|[^\W\d_]+?(?=n['’]t(?!\w))"
    r"|(?!mi-)[^\W\d_]+-?\d+[^\W_]*|[^\W\d_]+)"
    r"|(?P<sign>[%€$£°])"
    r"|(?P<stop>[.,;:!?()«»\"“”—–…])",
    re.IGNORECASE,
)

_own = threading.local()  # a stemmer is for one thread


class Word(NamedTuple):
    """A word, number or mark. ``kind`` is the name of its group in ``TOKEN``."""

    text: str
    low: str
    stem: str
    kind: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def fold(text: str) -> str:
    """Without case, accents, ligatures and typographic apostrophes."""
    if text.isascii():
        return text.lower()
    return without_accents(text).replace("œ", "oe").replace("æ", "ae")


@lru_cache(maxsize=1 << 16)
def stem(language: str, low: str) -> str:
    """The stem of a folded word: the lexeme of ``constat_plain`` and ``constat_english``."""
    return _stemmer(language).stemWord(low)


def stems_of(language: str, texts: Iterable[str]) -> set[str]:
    """The stems of single words, many at once."""
    return set(_stemmer(language).stemWords([fold(text) for text in texts]))


def _stemmer(language: str) -> Stemmer.Stemmer:
    name = ALGORITHMS.get(language, "french")
    stemmer = getattr(_own, name, None)
    if stemmer is None:
        stemmer = Stemmer.Stemmer(name, 0)
        setattr(_own, name, stemmer)
    return stemmer


@lru_cache(maxsize=1 << 16)
def _forms(language: str, text: str) -> tuple[str, str]:
    low = fold(text)
    return low, stem(language, low)


def words_of(text: str, language: str) -> list[Word]:
    """Every word, number and mark, in order."""
    found = []
    for match in TOKEN.finditer(text[:LONGEST]):
        kind, written = match.lastgroup, match[0]
        low, root = _forms(language, written) if kind == "word" else (written, written)
        found.append(Word(written, low, root, kind, *match.span()))
    return found
