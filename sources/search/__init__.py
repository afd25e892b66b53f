"""Search, one way for the desk, the pages and the API: words in any form, with or without accents.

Tables that can be searched have a generated column ``search``: their words as French stems, as
French stems of the words without accents, and as English stems (``search_vector``). A query is
made of the same (``search_query``), so a word is found by any of the three. The column is no field
of its model: no query carries it along unasked, and no history copies it.

A query is words, all of them wanted; "several words" in that order; -not this one. The last word
may be unfinished, unless a space or a quotation mark ends it.
"""

from sources.search.asked import LONGEST, Term, Typed, either, every, terms
from sources.search.corrected import corrected, plain
from sources.search.expressions import Among, Matches, SearchColumn, relevance
from sources.search.found import RANKED, SearchQuerySet, in_any
from sources.search.marked import marked

__all__ = [
    "LONGEST",
    "RANKED",
    "Among",
    "Matches",
    "SearchColumn",
    "SearchQuerySet",
    "Term",
    "Typed",
    "corrected",
    "either",
    "every",
    "in_any",
    "marked",
    "plain",
    "relevance",
    "terms",
]
