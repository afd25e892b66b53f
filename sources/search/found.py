"""Rows that have the words of a query."""

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from sources.fields import ALPHABET, LENGTH
from sources.search.asked import Term, Typed, either, every, most, read, telling, terms
from sources.search.expressions import (
    Among,
    Matches,
    Rank,
    SearchColumn,
    relevance,
)
from sources.search.newest import newest

# Of more matches than these, the latest are ranked.
RANKED = 1000
SHORTEST_SHARED = 4
PUBLIC_ID = re.compile(rf"(?:https?://\S+/)?([{ALPHABET}]{{{LENGTH}}})/?")


class SearchQuerySet(models.QuerySet):
    """Rows of a table with a column ``search``."""

    def search(self, text: str):
        """Those with all the words of ``text``; also the one whose public id or address it is."""
        ways = self.ways_to(text)
        return self.filter(reduce(or_, ways)) if ways else self.none()

    def ways_to(self, text: str) -> list[Q]:
        """Conditions of which what ``search`` finds fulfils one, each with an index of its own."""
        if match := PUBLIC_ID.fullmatch(text.strip()):
            exact = self._named(match[1])
            if self.filter(exact).exists():
                return [exact]
        return self._ways(Typed.of(text).terms)

    def _named(self, public_id: str) -> Q:
        has_one = any(field.name == "public_id" for field in self.model._meta.fields)
        return Q(public_id=public_id) if has_one else Q(pk__in=[])

    def _ways(self, wanted: Sequence[Term]) -> list[Q]:
        return _matching(every(wanted))

    def latest_found(self, text: str):
        """The latest of what ``search`` finds: as many as are ever ranked or followed further."""
        return self.search(text).order_by("-pk").values("pk")[:RANKED]

    def newest(self, ways: list[Q], most: int) -> list[int]:
        """The ids of the latest rows that fulfil one of these (``ways_to``); so many at most."""
        return newest(self, ways, most)

    def best(self, text: str):
        """What ``search`` finds, by how well it matches; of very many, the latest."""
        return self.filter(pk__in=self.latest_found(text)).best_first(text)

    def best_first(self, text: str):
        """By how well they match the query ``text``."""
        return self.order_by(relevance(text).desc(), "-pk")

    def with_most_of(self, text: str) -> list[int]:
        """The ids of those with all the words of ``text`` but one; if there are none, but two; and
        so on while it is half of them. Of a long text, its longest words; of very many, the latest.
        """
        wanted, rows = telling(text), self
        if unwanted := every(term for term in Typed.of(text).terms if term.excluded):
            rows = rows.filter(Matches(SearchColumn("pk"), unwanted))
        for lacking in range(1, len(wanted) // 2 + 1):
            if found := rows.newest(self._most_ways(wanted, lacking), RANKED):
                return found
        return []

    def _most_ways(self, wanted: Sequence[Term], lacking: int) -> list[Q]:
        return _matching(most(wanted, lacking))

    def best_with_most(self, text: str):
        """What ``with_most_of`` finds, the best first."""
        return self.filter(Among("pk", self.with_most_of(text))).best_first(text)

    def sharing(self, text: str):
        """Those with any of the longer words of ``text``, most of them first; of very many, the
        latest. What is suggested, where ``search`` is what was asked for."""
        words = read([term for term in terms(f"{text} ") if len(term.text) >= SHORTEST_SHARED])
        ways = _matching(query := either(words))
        if not ways:
            return self.none()
        shared = self.filter(*ways).order_by("-pk").values("pk")
        rank = Rank(SearchColumn("pk"), query)
        return self.filter(pk__in=shared[:RANKED]).order_by(rank.desc(), "-pk")


def _matching(query: str) -> list[Q]:
    """The one way to what a query asks for; none where every language passes over its words."""
    return [Q(Matches(SearchColumn("pk"), query))] if query else []


def in_any(rows: models.QuerySet, **found: models.QuerySet):
    """Those of ``rows`` whose value of any of these names is in the query given for it."""
    every_row = rows.model._base_manager.order_by()
    first, *others = [
        every_row.filter(**{f"{name}__in": some}).values("pk") for name, some in found.items()
    ]
    return rows.filter(pk__in=first.union(*others, all=True))
