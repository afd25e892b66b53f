"""How well pairs annotated by hand are judged: figures, and which scores come true."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from claims.comparison.comparison import SUGGESTED, Comparison, Relation, compare
from claims.comparison.pairs import Pair
from claims.comparison.reading import read

BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9)
LEVELS = (0.5, 0.9)


class Share(NamedTuple):
    """So many of so many."""

    right: int
    of: int

    def __str__(self) -> str:
        return f"{self.right / self.of:.3f} ({self.right} of {self.of})" if self.of else "–"

    def __float__(self) -> float:
        return self.right / self.of if self.of else 0.0


def judge(pairs: Sequence[Pair]) -> list[Comparison]:
    """What is found of each pair."""
    return [compare(read(pair.first), read(pair.second)) for pair in pairs]


def precision(
    pairs: Sequence[Pair], found: Sequence[Comparison], relation: Relation, least: float
) -> Share:
    """Of those with at least that probability, how many are so."""
    told = [p for p, c in zip(pairs, found, strict=True) if getattr(c, relation) >= least]
    return Share(sum(pair.relation == relation for pair in told), len(told))


def recall(
    pairs: Sequence[Pair], found: Sequence[Comparison], relation: Relation, least: float
) -> Share:
    """Of those that are so, how many have at least that probability."""
    told = [c for p, c in zip(pairs, found, strict=True) if p.relation == relation]
    return Share(sum(getattr(c, relation) >= least for c in told), len(told))


def suggested(pairs: Sequence[Pair], found: Sequence[Comparison], relation: Relation) -> Share:
    """The precision of what would be suggested to an editor."""
    return precision(pairs, found, relation, SUGGESTED[relation])


def accuracy(pairs: Sequence[Pair], found: Sequence[Comparison]) -> Share:
    """How many have the relation that is found likeliest."""
    right = [p.relation == c.relation for p, c in zip(pairs, found, strict=True)]
    return Share(sum(right), len(right))


def confusion(pairs: Sequence[Pair], found: Sequence[Comparison]) -> Counter[tuple[str, str]]:
    """How often what was annotated was found to be what."""
    return Counter((p.relation, str(c.relation)) for p, c in zip(pairs, found, strict=True))


def calibration(
    pairs: Sequence[Pair], found: Sequence[Comparison], relation: Relation
) -> list[tuple[float, float, Share]]:
    """For each bin of probability: where it begins, their mean, and how many of them are so."""
    rows = []
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        inside = [
            (getattr(c, relation), p.relation == relation)
            for p, c in zip(pairs, found, strict=True)
            if low <= getattr(c, relation) < high
        ]
        if inside:
            mean = sum(chance for chance, _ in inside) / len(inside)
            rows.append((low, mean, Share(sum(right for _, right in inside), len(inside))))
    return rows
