"""What a query asks: its terms, and each as the database looks for it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from sources.models.word import Word
from sources.prepared import prepared

# No query has more characters, or more terms.
LONGEST = 300
MOST = 20
MOST_TOLD = 8  # of which one may be left out, or two, or three
SHORTEST_GUESSED = 4
# An unfinished word is the known ones it begins; where it begins as many, all stems it begins.
COMPLETIONS = 20

TERM = re.compile(r'(?P<excluded>-?)(?:"(?P<phrase>[^"]+)"?|(?P<word>[^\s"]+))')
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
# What the database takes for no part of a word (search_text), nor a headline for markup.
NO_WORD = re.compile(
    "[\x00-\x1f<>&\u0080-\u00bf\u00d7\u00f7\u02bc\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u3000-\u303f"
    "\ufe00-\ufe0f\ufeff\U0001f000-\U0001faff]"
)
STEMS = """
SELECT search_either(array_agg(search_query(asked.word, asked.unfinished)))::text
  FROM unnest(%s::int[], %s::text[], %s::boolean[]) AS asked(place, word, unfinished)
 GROUP BY asked.place ORDER BY asked.place
"""


@dataclass(frozen=True)
class Term:
    """A word or phrase of a query. ``open`` is the last word while it may be unfinished.

    ``stems`` are what the database looks for, as a tsquery: empty until they are ``read``, and of
    words that every language passes over.
    """

    text: str
    excluded: bool = False
    phrase: bool = False
    open: bool = False
    stems: str = ""

    @property
    def query(self) -> str:
        return f"!({self.stems})" if self.excluded and self.stems else self.stems


class Typed(str):
    """A query as it was typed. Asked several times, its terms are read once."""

    @cached_property
    def terms(self) -> list[Term]:
        return read(terms(self))

    @classmethod
    def of(cls, text: str) -> "Typed":
        return text if isinstance(text, cls) else cls(text)


def terms(text: str) -> list[Term]:
    """The terms of a query, not yet read; nothing in it is an error."""
    text = unicodedata.normalize("NFC", text[:LONGEST]).translate(QUOTES)
    text = NO_WORD.sub(" ", text)
    found = [
        Term(
            text=match["phrase"] or match["word"],
            excluded=bool(match["excluded"]),
            phrase=bool(match["phrase"]),
            open=match.end() == len(text) and bool(match["word"]),
        )
        for match in TERM.finditer(text)
    ]
    return [term for term in found if any(map(str.isalnum, term.text))][:MOST]


def read(terms: Sequence[Term]) -> list[Term]:
    """The terms with their stems: one query, and one for the last word if it may be unfinished."""
    if not terms:
        return []
    asked = [
        (place, word, unfinished)
        for place, term in enumerate(terms)
        for word, unfinished in _words(term)
    ]
    with prepared() as cursor:
        cursor.execute(STEMS, [list(column) for column in zip(*asked, strict=True)])
        rows = cursor.fetchall()
    return [replace(term, stems=_whole(stems)) for term, (stems,) in zip(terms, rows, strict=True)]


def _whole(stems: str) -> str:
    """What is several words in a row (aujourd'hui) is taken for finished: of a row, the index would
    look for all that begins as its last."""
    return stems.replace(":*", "") if "<" in stems else stems


def _words(term: Term) -> list[tuple[str, bool]]:
    """What a term may stand for, and whether stems only begin with it."""
    if not term.open or len(term.text) < SHORTEST_GUESSED:
        return [(term.text, term.open)]
    words = Word.objects.filter(text__startswith=term.text.lower())
    completed = list(words.values_list("text", flat=True).distinct()[:COMPLETIONS])
    # A beginning costs the index of a common word ten times what the word costs.
    unfinished = not 0 < len(completed) < COMPLETIONS
    return [(term.text, unfinished), *((word, False) for word in completed)]


def every(terms: Iterable[Term]) -> str:
    """The query for all of the terms."""
    return _joined(" & ", (term.query for term in terms))


def most(terms: Sequence[Term], lacking: int) -> str:
    """The query for all of the terms but so many, whichever they are."""
    return _joined(" | ", map(every, combinations(terms, len(terms) - lacking)))


def either(terms: Iterable[Term]) -> str:
    """The query for any of the terms."""
    return _joined(" | ", (term.query for term in terms))


def _joined(sign: str, queries: Iterable[str]) -> str:
    return sign.join(f"({query})" for query in queries if query)


def telling(text: str) -> list[Term]:
    """The words of a query that are looked for, those of its phrases too, the longest first; none
    that every language passes over."""
    asked = " ".join(term.text for term in Typed.of(text).terms if not term.excluded)
    words = {term.text.lower(): term for term in terms(f"{asked} ")}
    told = [word for word in read(list(words.values())) if word.stems]
    return sorted(told, key=lambda word: -len(word.text))[:MOST_TOLD]
