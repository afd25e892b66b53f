"""Claims ranked by how much they have in common with a text: BM25, in the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import BooleanField, FloatField, QuerySet

from claims.retrieval.reach import NEAR, either, reach
from claims.retrieval.words import Word, telling_words
from sources.search import SearchColumn

MOST = 30
AT_ONCE = 10  # texts of a query
LOOKED_AT = 6000  # claims for a text, whatever the shares of its words foretold
# https://en.wikipedia.org/wiki/Okapi_BM25; a word counts once, however often a claim has it.
K1, B = 1.2, 0.75
NEARLY = 0.6  # what a word tells that only means the same, beside the word itself
TYPICAL = 24  # stems of a claim, of all languages


@dataclass(frozen=True)
class Found:
    """A claim, by its id in the database, and its BM25 score: what the words they share tell."""

    claim: int
    score: float


@dataclass(frozen=True)
class Retrieved:
    """The claims that have most in common with a text, the best first, and its telling words."""

    words: list[Word]
    claims: list[Found] = field(default_factory=list)

    @property
    def rarity(self) -> dict[str, float]:
        """What each stem of the text tells, in nats."""
        return {stem: word.rarity for word in self.words for stem in word.stems}

    def share(self, found: Found) -> float:
        """The score of a claim beside that of one with all the words of the text, and no others: up
        to 1."""
        stems = sum(len(word.stems) for word in self.words)
        whole = sum(word.rarity for word in self.words) * _length_counts(self.words, stems)
        return min(1.0, found.score / whole)


def _pivot(words: Sequence[Word]) -> int:
    return max(TYPICAL, sum(len(word.stems) for word in words))


def _length_counts(words: Sequence[Word], stems: int) -> float:
    """What a word counts in a claim of so many stems: less in a long one."""
    return (1 + K1) / (1 + K1 * (1 - B) + K1 * B / _pivot(words) * stems)


class _Reached(SearchColumn):
    """Whether a claim matches any of some queries, each of which the index answers by itself."""

    output_field = BooleanField()

    def __init__(self, row: str, queries: Sequence[str]):
        super().__init__(row)
        self.queries = queries

    def as_sql(self, compiler, connection, **extra):
        column, _params = super().as_sql(compiler, connection)
        return f"({' OR '.join([f'{column} @@ %s::tsquery'] * len(self.queries))})", self.queries


class _Score(SearchColumn):
    output_field = FloatField()

    def __init__(self, row: str, words: Sequence[Word]):
        super().__init__(row)
        self.words = words

    def as_sql(self, compiler, connection, **extra):
        column, _params = super().as_sql(compiler, connection)
        shared, params = [], []
        for place, word in enumerate(self.words):
            ways = [(word, word.rarity)]
            if word.near and place < NEAR:
                ways.append((word.near, NEARLY * min(word.rarity, word.near.rarity)))
            when = " ".join([f"WHEN {column} @@ %s::tsquery THEN %s"] * len(ways))
            shared.append(f"CASE {when} ELSE 0.0 END")
            params += [part for each, told in ways for part in (either([each]), told)]
        per_stem = K1 * B / _pivot(self.words)
        length = f"{1 + K1} / ({1 + K1 * (1 - B)} + {per_stem} * length({column}))"
        return f"(({' + '.join(shared)}) * {length})::float", params


def retrieve(texts: Sequence[str], among: QuerySet, most: int = MOST) -> list[Retrieved]:
    """For each text the claims of ``among`` that share its telling words, or have some that mean
    the same as the rarest, the best first.

    One query for the words of all (``telling_words``) and one for every ten texts. Each text costs
    the database some milliseconds, however large the record is: docs/decisions/0038.
    """
    found = [Retrieved(words) for words in telling_words(texts)]
    asked = [(each, queries) for each in found if (queries := reach(each.words))]
    for first in range(0, len(asked), AT_ONCE):
        some = asked[first : first + AT_ONCE]
        for place, claim, score in _ranked(some, among.order_by(), most):
            some[place][0].claims.append(Found(claim, score))
    return found


def _ranked(
    asked: Sequence[tuple[Retrieved, list[str]]], among: QuerySet, most: int
) -> Iterator[tuple[int, int, float]]:
    parts, params = [], []
    for place, (each, queries) in enumerate(asked):
        looked_at = among.filter(_Reached("pk", queries)).annotate(score=_Score("pk", each.words))
        sql, given = looked_at.values_list("pk", "score")[:LOOKED_AT].query.sql_with_params()
        parts.append(
            f"(SELECT {place}, pk, score FROM ({sql}) looked_at(pk, score)"
            f" ORDER BY score DESC, pk DESC LIMIT {most})"
        )
        params += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        # Parts of a union need not come in their order, but each in its own.
        yield from cursor.fetchall()
