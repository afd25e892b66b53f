"""What two sayings agree and differ in, besides their words: numbers, names, time, who acts."""

from collections.abc import Sequence
from typing import NamedTuple

from claims.comparison.alignment import Alignment
from claims.comparison.days import Days
from claims.comparison.numbers import Quantity, agreement
from claims.comparison.reading import Reading


class Matched(NamedTuple):
    """Pairs that agree, that nearly do, and that do not; how many of each are left over."""

    same: list[tuple]
    near: list[tuple]
    other: list[tuple]
    left: tuple[int, int]


def match_numbers(first: Sequence[Quantity], second: Sequence[Quantity]) -> Matched:
    """Quantities of the same unit or thing: those that agree first, then those that do not."""
    found: dict[str, list[tuple]] = {"same": [], "near": [], "other": []}
    one, other = list(first), list(second)
    for wanted in ("same", "near", "other"):
        for quantity in list(one):
            for partner in other:
                if not comparable(quantity, partner, wanted):
                    continue
                if agreement(quantity, partner) == wanted:
                    found[wanted].append((quantity, partner))
                    one.remove(quantity)
                    other.remove(partner)
                    break
    return Matched(found["same"], found["near"], found["other"], (len(one), len(other)))


def comparable(one: Quantity, other: Quantity, wanted: str) -> bool:
    """Whether they count the same: the same unit, or a thing in common. The same number of what
    is not known is the same."""
    if one.label != other.label:
        return False
    if one.unit and other.unit:
        return one.unit == other.unit
    if one.things & other.things or one.unit in other.things or other.unit in one.things:
        return True
    if wanted == "other":
        return not one.label and not ((one.unit or one.things) and (other.unit or other.things))
    return not one.unit or not other.unit


def match_days(first: Sequence[Days], second: Sequence[Days]) -> Matched:
    """Times one of which lies in the other, and times that are apart."""
    found: list[list[tuple]] = [[], []]
    one, other = list(first), list(second)
    for apart in (False, True):
        for day in list(one):
            for partner in other:
                if (day.first >= partner.end or partner.first >= day.end) == apart:
                    found[apart].append((day, partner))
                    one.remove(day)
                    other.remove(partner)
                    break
    return Matched(found[0], [], found[1], (len(one), len(other)))


def exchanged(first: Reading, second: Reading, alignment: Alignment) -> bool:
    """Whether who acts and who is acted upon have changed places: "A accuse B", "B accuse A".

    Two words that stand on either side of a third, the other way round. A passive turns them back.
    """
    if "mutual" in first.marks and "mutual" in second.marks:
        return False
    pairs = sorted(
        [(a.place, b.place) for a, b, how in alignment.same]
        + [(a.place, b.place) for a, b in alignment.opposed]
    )
    reversed_ = False
    for i in range(len(pairs) - 2):
        for k in range(i + 2, len(pairs)):
            if pairs[k][1] < pairs[i][1] and any(
                pairs[k][1] < pairs[j][1] < pairs[i][1] for j in range(i + 1, k)
            ):
                reversed_ = True
    turned = _passive(first) != _passive(second)
    if turned and not reversed_:
        # The same order, one of them in the passive: only then, if both name two that act.
        return len(pairs) >= 3 and _agent_named(first) != _agent_named(second)
    return reversed_ and not turned


def _passive(reading: Reading) -> bool:
    return {"by", "passive"} <= reading.marks


def _agent_named(reading: Reading) -> bool:
    return _passive(reading)
