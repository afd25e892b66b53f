"""What the judgement rests on: figures of two sayings side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log1p

from claims.comparison.alignment import Alignment, align, rarity_of
from claims.comparison.differences import Matched, exchanged, match_days, match_numbers
from claims.comparison.reading import Content, Reading

NUMBER = 5.0  # what a number tells, as a word of that idf would
MONTH = 30.0


@dataclass(slots=True)
class Found:
    """All that was found of two sayings."""

    first: Reading
    second: Reading
    alignment: Alignment
    numbers: Matched
    days: Matched
    cover: tuple[float, float]
    left_names: tuple[list[Content], list[Content]]
    same_names: list[tuple[Content, Content]]
    flips: list[tuple[Content, Content]]
    swapped: bool
    same_speaker: bool
    other_speaker: bool
    gap: float | None
    """Days between the two, where both are dated."""


def find(first: Reading, second: Reading, rarity: Mapping[str, float]) -> Found:
    alignment = align(first, second)
    one, other = first.saying, second.saying
    shared = one.speakers & other.speakers
    numbers = match_numbers(first.quantities, second.quantities)
    flips = [(a, b) for a, b, _how in alignment.same if a.denied != b.denied]
    flips += [(a, b) for a, b in alignment.opposed if a.denied == b.denied]
    names = [(a, b) for a, b, _how in alignment.same if a.name or b.name]
    left = tuple([c for c in side if c.name] for side in alignment.left)
    gap = None
    if one.said_on and other.said_on:
        earlier, later = sorted((one.said_on, other.said_on), key=lambda day: day.first)
        gap = float(max(0, (later.first - earlier.end).days + 1))
    return Found(
        first,
        second,
        alignment,
        numbers,
        match_days(first.days, second.days),
        _cover(alignment, numbers, rarity),
        left,
        names,
        flips,
        exchanged(first, second, alignment),
        bool(shared),
        bool(one.speakers and other.speakers and not shared),
        gap,
    )


def _cover(alignment: Alignment, numbers: Matched, rarity) -> tuple[float, float]:
    """How much of each saying the other tells, from 0 to 1."""
    unknown = usual_rarity()
    of_pairs = 0.0
    full = 0.0
    for a, b, how in alignment.same:
        weight = (rarity_of(a, rarity, unknown) + rarity_of(b, rarity, unknown)) / 2
        of_pairs += weight * how
        full += weight
    for a, b in alignment.opposed:  # they speak of the same, and say the opposite of it
        weight = (rarity_of(a, rarity, unknown) + rarity_of(b, rarity, unknown)) / 2
        of_pairs += weight * 0.8
        full += weight
    counted = NUMBER * (len(numbers.same) + 0.8 * len(numbers.near))
    all_counted = NUMBER * (len(numbers.same) + len(numbers.near) + len(numbers.other))
    sides = []
    for place in (0, 1):
        left = sum(rarity_of(c, rarity, unknown) for c in alignment.left[place])
        left += NUMBER * numbers.left[place]
        total = full + all_counted + left
        sides.append((of_pairs + counted) / total if total else 0.0)
    return sides[0], sides[1]


@cache
def usual_rarity() -> dict[str, float]:
    return {}


NAMES = (
    "cover least",
    "cover most",
    "cover",
    "cover²",
    "grams",
    "same number",
    "near number",
    "other number",
    "number left",
    "numbers left on both",
    "same time",
    "other time",
    "time left",
    "same name",
    "name left",
    "names left on both",
    "flips",
    "odd flips",
    "negations",
    "amount",
    "amount opposed",
    "maybe",
    "wanted",
    "only",
    "exchanged",
    "same speaker",
    "other speaker",
    "gap",
    "long gap",
    "to come",
    "past",
    "change in the second",
    "told otherwise",
    "cover × told otherwise",
    "otherwise × gap",
    "otherwise × change",
    "otherwise × same time",
    "otherwise × to come",
    "cover × flips",
    "cover × number",
)


def features(found: Found) -> list[float]:
    """One figure for each of ``NAMES``."""
    first, second = found.first, found.second
    least, most = min(found.cover), max(found.cover)
    cover = 2 * least * most / (least + most) if least + most else 0.0
    grams = len(first.grams & second.grams) * 2 / ((len(first.grams) + len(second.grams)) or 1)
    numbers, days = found.numbers, found.days
    odd = len(found.flips) % 2
    one, other = first.marks, second.marks
    amounts = {"all", "most", "some", "none"}
    amount = (one & amounts) != (other & amounts)
    opposed = amount and bool(one & amounts) and bool(other & amounts)
    negations = (first.negations - second.negations) % 2
    otherwise = float(
        bool(
            odd or numbers.other or found.swapped or opposed or ("only" in one) != ("only" in other)
        )
    )
    gap = min(log1p(found.gap or 0) / log1p(365), 1.5)
    change = float("change" in other)
    same_time = float(bool(days.same))
    to_come = float("to come" in one)
    return [
        least,
        most,
        cover,
        cover * cover,
        grams,
        min(len(numbers.same), 2),
        min(len(numbers.near), 2),
        min(len(numbers.other), 2),
        min(sum(numbers.left), 2),
        float(min(numbers.left) > 0),
        same_time,
        float(bool(days.other)),
        float(sum(days.left) > 0),
        min(len(found.same_names), 3),
        min(sum(map(len, found.left_names)), 3),
        float(all(found.left_names)),
        min(len(found.flips), 3),
        odd,
        negations,
        float(amount),
        float(opposed),
        float(("maybe" in one) != ("maybe" in other)),
        float(("wanted" in one) != ("wanted" in other)),
        float(("only" in one) != ("only" in other)),
        float(found.swapped),
        float(found.same_speaker),
        float(found.other_speaker),
        gap,
        float((found.gap or 0) > MONTH),
        to_come,
        float(("past" in one) != ("past" in other)),
        change,
        otherwise,
        cover * otherwise,
        otherwise * gap,
        otherwise * change,
        otherwise * same_time,
        otherwise * to_come,
        cover * odd,
        cover * float(bool(numbers.other)),
    ]
