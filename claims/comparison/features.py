"""What the judgement rests on: figures of two sayings side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log1p

from claims.comparison.alignment import NEAR, Alignment, align
from claims.comparison.cover import Cover, covered
from claims.comparison.differences import Matched, exchanged, match_days, match_numbers
from claims.comparison.lexicon import known
from claims.comparison.reading import AMOUNTS, Content, Reading

FEW, SOME = 0.2, 0.4  # of what they tell, in common
BESIDE = 5  # words between two that both have, where they belong together


@dataclass(slots=True)
class Found:
    """All that was found of two sayings, the earlier one first."""

    first: Reading
    second: Reading
    alignment: Alignment
    numbers: Matched
    days: Matched
    cover: Cover
    names: list[tuple[Content, Content]]
    left_names: tuple[list[Content], list[Content]]
    flips: list[tuple[Content, Content]]
    """Words of which one denies what the other says."""
    elsewhere: list[tuple]
    """Equal numbers of different units or things."""
    swapped: bool
    gap: float | None
    """Days between the two, where both are dated."""

    @property
    def in_common(self) -> int:
        """How many words, numbers and times both have, or one has the opposite of."""
        words = len(self.alignment.same) + len(self.alignment.opposed)
        return words + len(self.numbers.same) + len(self.numbers.near) + len(self.days.same)

    @property
    def same_speaker(self) -> bool:
        return bool(self.first.saying.speakers & self.second.saying.speakers)

    @property
    def other_speaker(self) -> bool:
        one, other = self.first.saying.speakers, self.second.saying.speakers
        return bool(one and other and not one & other)


def find(first: Reading, second: Reading, rarity: Mapping[str, float]) -> Found:
    """Put two readings side by side."""
    alignment = align(first, second)
    alike = {(a.stem, b.stem) for a, b, _how in alignment.same}
    numbers = match_numbers(first.quantities, second.quantities, alike)
    flips = [(a, b) for a, b, _how in alignment.same if a.denied != b.denied]
    flips += [(a, b) for a, b in alignment.opposed if a.denied == b.denied]
    swapped = exchanged(first, second, alignment)
    if swapped and len(flips) == 1:  # "A vend à B", "B achète à A"
        swapped, flips = False, []
    return Found(
        first,
        second,
        alignment,
        numbers,
        match_days(first.days, second.days),
        covered(alignment, numbers, rarity, known(first.saying.language)),
        [(a, b) for a, b, _how in alignment.same if a.name or b.name],
        tuple([c for c in side if c.name] for side in alignment.left),
        flips,
        [(a, b) for a in numbers.left[0] for b in numbers.left[1] if a.value == b.value],
        swapped,
        _gap(first, second),
    )


def _gap(first: Reading, second: Reading) -> float | None:
    one, other = first.saying.said_on, second.saying.said_on
    if not one or not other:
        return None
    return float(
        max(0, max(one.first, other.first).toordinal() - min(one.end, other.end).toordinal() + 1)
    )


def likeness(found: Found) -> float:
    """How alike they are whatever differs: what both tell, and the trigrams both have."""
    one, other = found.cover.shares
    grams = len(found.first.grams), len(found.second.grams)
    shared = len(found.first.grams & found.second.grams)
    cover = 2 * one * other / (one + other) if one + other else 0.0
    return cover / 2 + shared / (sum(grams) or 1)


def features(found: Found) -> dict[str, float]:
    """A figure for each thing that is there; what is not named is 0."""
    first, second = found.first, found.second
    told = found.cover
    least, most = min(told.shares), max(told.shares)
    cover = 2 * least * most / (least + most) if least + most else 0.0
    grams = len(first.grams & second.grams) * 2 / ((len(first.grams) + len(second.grams)) or 1)
    numbers, days, alignment = found.numbers, found.days, found.alignment
    one, other = first.marks, second.marks
    little = min(told.left) / (min(told.left) + 20)
    more = max(told.left) / (max(told.left) + 20)
    denying = sum(c.denies for side in alignment.left for c in side)
    odd = len(found.flips) % 2
    negations = first.negations + second.negations + alignment.denials
    uneven = (negations + denying + len(alignment.opposed)) % 2
    amounts = one & AMOUNT_MARKS, other & AMOUNT_MARKS
    amount = amounts[0] != amounts[1]
    counted = bool(numbers.other)
    otherwise = float(bool(odd or uneven or counted or days.other))
    gap = min(log1p(found.gap or 0) / log1p(365), 1.5)
    changed = float(
        ("change" in other and "change" not in one) or ("ended" in other and "ended" not in one)
    )
    both_past = "past" in one and "past" in other and "to come" not in one
    to_come = "to come" in one
    names_apart = all(found.left_names)
    alike = alignment.same
    by_stem = sum(how == 1 for _a, _b, how in alike)
    by_meaning = sum(how == NEAR for _a, _b, how in alike)
    sizes = len(first.contents), len(second.contents)
    long = log1p(max(sizes))
    values = {
        "by meaning": min(by_meaning, 5),
        "by stem": min(by_stem, 6),
        "rarest in common": told.rarest / 8,
        "cover least": least,
        "cover most": most,
        "cover": cover,
        "cover²": cover * cover,
        "hardly a word": most < FEW,
        "some words": FEW <= most < SOME,
        "letters": grams,
        "words in common": min(len(alignment.same) + len(alignment.opposed), 6),
        "weight in common": min(told.common, 40) / 10,
        "left on both": little,
        "left on one": more,
        "same number": min(len(numbers.same), 2),
        "near number": min(len(numbers.near), 1),
        "other number": counted,
        "number on one side": bool(numbers.left[0]) != bool(numbers.left[1]),
        "numbers left on both": bool(numbers.left[0] and numbers.left[1]),
        "number of something else": bool(found.elsewhere),
        "same time": bool(days.same),
        "other time": bool(days.other),
        "time on one side": bool(days.left[0] or days.left[1]),
        "same names": min(len(found.names), 3),
        "names apart": names_apart,
        "name on one side": any(found.left_names) and not names_apart,
        "flip": odd,
        "two flips": len(found.flips) > 1 and not odd,
        "negation": negations % 2,
        "uneven": uneven,
        "opposed": bool(alignment.opposed),
        "amount": amount,
        "amounts": amount and bool(amounts[0]) and bool(amounts[1]),
        "none and some": ("none" in one) != ("none" in other),
        "maybe": ("maybe" in one) != ("maybe" in other),
        "if": ("if" in one) != ("if" in other),
        "wanted": ("wanted" in one) != ("wanted" in other),
        "only": ("only" in one) != ("only" in other),
        "exchanged": found.swapped,
        "gap": gap,
        "changed": changed,
        "flip × ended": odd and "ended" in other and "ended" not in one,
        "both past": both_past,
        "first to come": to_come,
        "otherwise": otherwise,
        "cover × otherwise": cover * otherwise,
        "cover × flip": cover * odd,
        "cover × uneven": cover * uneven,
        "cover × number": cover * counted,
        "cover × other time": cover * bool(days.other),
        "otherwise × gap": otherwise * gap,
        "otherwise × changed": otherwise * changed,
        "otherwise × same time": otherwise * bool(days.same),
        "otherwise × both past": otherwise * both_past,
        "otherwise × first to come": otherwise * to_come,
        "cover × changed": cover * changed,
        "cover × maybe": cover * (("maybe" in one) != ("maybe" in other)),
        "cover × left on both": cover * little,
        "long": long,
        "short": log1p(min(sizes)),
        "cover least × long": least * long,
        "names covered": told.names or 0,
        "no names": told.names is None,
        "others covered": told.plain or 0,
        "acts covered": told.acts or 0,
        "no acts": told.acts is None,
        "rarest left on both": min(told.rarest_left) / 8,
        "rarest left on one": max(told.rarest_left) / 8,
        "together": min(_together(alignment), 5),
        "begin alike": _begin_alike(found),
        "one thing": found.in_common <= 1,
        "two things": found.in_common == 2,
        "cover least × few things": least * (found.in_common <= 2),
    }
    return {name: float(value) for name, value in values.items() if value}


def _together(alignment: Alignment) -> int:
    """How often two words that both have stand near one another in either."""
    places = sorted((a.place, b.place) for a, b, _how in alignment.same)
    return sum(
        after - before <= BESIDE and abs(there_after - there) <= BESIDE
        for (before, there), (after, there_after) in pairwise(places)
    )


def _begin_alike(found: Found) -> bool:
    """Whether the other has the word that one of them begins with, in whatever place."""
    begins = [
        side.contents[0].place if side.contents else -1 for side in (found.first, found.second)
    ]
    return any(a.place == begins[0] or b.place == begins[1] for a, b, _how in found.alignment.same)


AMOUNT_MARKS = frozenset(AMOUNTS)
