"""How much of two sayings each tells of the other, every word by what it weighs."""

from collections.abc import Mapping
from typing import NamedTuple

from claims.comparison.alignment import Alignment
from claims.comparison.differences import Matched
from claims.comparison.lexicon import acts
from claims.comparison.rarity import weight
from claims.comparison.reading import Content

NUMBER = 5.0  # what a number tells, as a word of that idf would
OPPOSED = 0.8  # how much of the same two opposed words tell: what they are about
RAREST = 2


class Cover(NamedTuple):
    """All weights are sums of idf; shares are from 0 to 1."""

    shares: tuple[float, float]
    """How much of each the other tells."""
    common: float
    """What the words and numbers in common weigh."""
    rarest: float
    """What the two words in common weigh that tell most."""
    left: tuple[float, float]
    """What the words and numbers left over of each weigh."""
    rarest_left: tuple[float, float]
    """What the two words left over of each weigh that tell most."""
    names: float | None
    """How much is told of the names of whichever has more of them; None where neither has any."""
    plain: float | None
    """The same of the words that are no names."""
    acts: float | None
    """The same of what is done."""


NAMES, PLAIN, ACTS = range(3)


def covered(
    alignment: Alignment, numbers: Matched, rarity: Mapping[str, float], language: str
) -> Cover:
    """What of either of two sayings the other tells."""
    done = acts(language)
    weights = []
    full = 0.0
    # By kind of word: what is told of those in common, what they weigh, what is left over.
    told, both, rest = [0.0] * 3, [0.0] * 3, ([0.0] * 3, [0.0] * 3)
    for a, b, how in (*alignment.same, *((a, b, OPPOSED) for a, b in alignment.opposed)):
        half = (weight(a, language, rarity) + weight(b, language, rarity)) / 2
        weights.append(half * how)
        full += half
        for kind in _kinds(a, b, done):
            told[kind] += half * how
            both[kind] += half
    left = []
    for side, contents in enumerate(alignment.left):
        left.append([weight(content, language, rarity) for content in contents])
        for content, idf in zip(contents, left[-1], strict=True):
            for kind in _kinds(content, content, done):
                rest[side][kind] += idf
    unequal = len(numbers.near) + len(numbers.other)
    common = sum(weights) + NUMBER * (len(numbers.same) + OPPOSED * unequal)
    full += NUMBER * (len(numbers.same) + unequal)
    one, other = (sum(left[side]) + NUMBER * len(numbers.left[side]) for side in (0, 1))

    def least(kind: int) -> float | None:
        whole = both[kind] + max(rest[0][kind], rest[1][kind])
        return told[kind] / whole if whole else None

    return Cover(
        (_share(common, full + one), _share(common, full + other)),
        common,
        _rarest(weights),
        (one, other),
        (_rarest(left[0]), _rarest(left[1])),
        least(NAMES),
        least(PLAIN),
        least(ACTS),
    )


def _kinds(a: Content, b: Content, done: frozenset[int]) -> tuple[int, ...]:
    kind = NAMES if a.name or b.name else PLAIN
    if done.isdisjoint(a.meanings) and done.isdisjoint(b.meanings):
        return (kind,)
    return (kind, ACTS)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _rarest(weights: list[float]) -> float:
    return sum(sorted(weights)[-RAREST:])
