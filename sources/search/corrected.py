"""Slips of who types, put right."""

import unicodedata
from difflib import SequenceMatcher

from django.contrib.postgres.search import TrigramDistance

from sources.models.word import Word
from sources.search.asked import SHORTEST_GUESSED, Term, Typed

LIKE_ENOUGH = 0.7


def corrected(text: str) -> str | None:
    """``text`` with the nearest known word for each unknown one; None if none changes."""
    asked = Typed.of(text).terms
    unknown = _unknown([term for term in asked if _may_be_a_slip(term)])
    nearest = {term: _nearest(term.text.lower()) for term in unknown}
    if not any(nearest.values()):
        return None
    written = []
    for term in asked:
        quoted = f'"{term.text}"' if term.phrase else nearest.get(term) or term.text
        written.append(f"-{quoted}" if term.excluded else quoted)
    return " ".join(written)


def _may_be_a_slip(term: Term) -> bool:
    word = term.text
    return (
        len(word) >= SHORTEST_GUESSED and word.isalpha() and not term.phrase and not term.excluded
    )


def _unknown(terms: list[Term]) -> list[Term]:
    """Those that are no known word; a last one that may be unfinished begins none either."""
    if not terms:
        return []
    words = Word.objects.filter(text__in={term.text.lower() for term in terms})
    known = set(words.values_list("text", flat=True))
    return [
        term
        for term in terms
        if term.text.lower() not in known and not (term.open and _begins_one(term.text.lower()))
    ]


def _begins_one(word: str) -> bool:
    return Word.objects.filter(text__startswith=word).exists()


def _nearest(word: str) -> str | None:
    nearest = Word.objects.order_by(TrigramDistance("text", word)).values_list("text", flat=True)
    rated = [
        (SequenceMatcher(None, plain(word), plain(other)).ratio(), not other.isascii(), other)
        for other in nearest[:20]
    ]
    ratio, _accented, best = max(rated, default=(0, False, ""))
    return best if ratio >= LIKE_ENOUGH else None


def plain(text: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
