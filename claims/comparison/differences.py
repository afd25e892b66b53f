"""What two sayings agree and differ in, besides their words: numbers, names, time, who acts."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from claims.comparison.alignment import Alignment
from claims.comparison.days import Days
from claims.comparison.numbers import Quantity, agreement
from claims.comparison.reading import Content, Reading

# Before what acts: "le", "notre", "the".
ARTICLES = frozenset(
    "le la l les un une des ce cet cette notre nos votre mon ma mes son sa ses the a an".split()
)

BY = frozenset({"par", "by"})


class Matched(NamedTuple):
    """Pairs that agree, that nearly do, and that do not; what is left over of each."""

    same: list[tuple]
    near: list[tuple]
    other: list[tuple]
    left: tuple[list, list]


def match_numbers(
    first: Sequence[Quantity], second: Sequence[Quantity], alike: Collection[tuple[str, str]]
) -> Matched:
    """Quantities of the same unit or thing: those that agree first, then those that do not.

    ``alike`` are pairs of stems that mean nearly the same.
    """
    found: dict[str, list[tuple]] = {"same": [], "near": [], "other": []}
    one, other = list(first), list(second)
    for wanted in ("same", "near", "other"):
        for quantity in list(one):
            for partner in other:
                if (
                    comparable(quantity, partner, alike, strict=wanted == "other")
                    and agreement(quantity, partner) == wanted
                ):
                    found[wanted].append((quantity, partner))
                    one.remove(quantity)
                    other.remove(partner)
                    break
    return Matched(found["same"], found["near"], found["other"], (one, other))


def comparable(
    one: Quantity, other: Quantity, alike: Collection[tuple[str, str]], *, strict: bool
) -> bool:
    """Whether they count the same: the same unit, or a thing in common. Where one does not say
    what it counts it may be the same."""
    if one.label != other.label:
        return False
    if one.unit and other.unit:
        return one.unit == other.unit
    if one.things & other.things or one.unit in other.things or other.unit in one.things:
        return True
    if any((a, b) in alike for a in one.things for b in other.things):
        return True
    tells, told = bool(one.unit or one.things), bool(other.unit or other.things)
    if strict:
        return not (one.label or (tells and told))
    return not (one.unit and other.unit) and not (tells and told)


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
    return Matched(found[0], [], found[1], (one, other))


def exchanged(first: Reading, second: Reading, alignment: Alignment) -> bool:
    """Whether who acts and who is acted upon have changed places: "A accuse B", "B accuse A".

    What either begins with stands behind the verb of the other, in the same clause: neither a
    reporting clause at the end nor an apposition changes who acts. A passive turns them back.
    """
    if "mutual" in first.marks and "mutual" in second.marks:
        return False
    partners = {a.place: b.place for a, b, _how in alignment.same}
    partners |= {a.place: b.place for a, b in alignment.opposed}
    begins, other = _subject(first), _subject(second)
    if begins is None or other is None or begins.place not in partners:
        return False
    back = {b: a for a, b in partners.items()}
    if other.place not in back:
        return False
    there, here = partners[begins.place], back[other.place]
    turned = _passive(first) != _passive(second)
    if begins.place == here:
        return turned and len(partners) > 2 and _agents(first, second, partners)
    if _interrupted(first, begins.place, here) or _interrupted(second, other.place, there):
        return False
    between = any(begins.place < a < here and other.place < b < there for a, b in partners.items())
    return between and not turned


def _subject(reading: Reading) -> Content | None:
    """What the saying begins with, unless that is where or when."""
    if not reading.contents or not reading.words:
        return None
    begins = reading.contents[0]
    ahead = {word.low for word in reading.words[: begins.place]}
    return begins if ahead <= ARTICLES else None


def _passive(reading: Reading) -> bool:
    return {"by", "passive"} <= reading.marks


def _interrupted(reading: Reading, start: int, end: int) -> bool:
    """Whether a comma, a quotation mark or the like stands between two words."""
    return any(word.kind == "stop" for word in reading.words[start:end])


def _agents(first: Reading, second: Reading, partners: dict[int, int]) -> bool:
    """Whether the active one names who does it in the passive one, and to whom: "A vend à B"."""
    if passive_first := _passive(first):
        partners = {b: a for a, b in partners.items()}
    passive, active = (first, second) if passive_first else (second, first)
    agent = _agent(passive)
    acting = {place for place, there in partners.items() if agent and there == agent.place}
    own = _agent(active)
    return len(active.contents) > 2 and bool(acting) and not (own and own.place in acting)


def _agent(reading: Reading) -> Content | None:
    """The first word that tells something after "par"."""
    after = next((i for i, word in enumerate(reading.words) if word.low in BY), None)
    if after is None:
        return None
    return next((content for content in reading.contents if content.place > after), None)
