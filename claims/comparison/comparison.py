"""What two sayings have to do with one another, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from claims.comparison.features import Found, features, find, likeness
from claims.comparison.judgement import load_model
from claims.comparison.reading import Reading
from claims.comparison.reasons import Code, Reason

CERTAIN = 0.99  # word for word
MUCH = 0.75  # of what either tells
SHOWN = 6  # words in common that are told


class Relation(StrEnum):
    """What the second does to the first: the values of ``Link.Kind``, or nothing."""

    REPEATS = "repeats"
    CONTRADICTS = "contradicts"
    UPDATES = "updates"
    UNRELATED = "unrelated"


# From which probability each is worth an editor's time. Below it false alarms on other topics, of
# which a record has far more than the annotated pairs, soon outnumber what is right (0037).
SUGGESTED = {Relation.REPEATS: 0.6, Relation.CONTRADICTS: 0.5, Relation.UPDATES: 0.6}
# And a repeat of two claims of one document, which names the same people and places all through and
# seldom says the same twice.
WITHIN_ONE = 0.8


@dataclass(frozen=True)
class Comparison:
    """The likeliest relation, the probability of each, and what speaks for and against.

    ``likeness``, from 0 to 1, is how much of what they tell and of their letters both have;
    ``told`` how much of what the first one given tells the second one tells, too.
    """

    relation: Relation
    repeats: float
    contradicts: float
    updates: float
    likeness: float
    reasons: tuple[Reason, ...]
    told: float = 0.0


def compare(
    first: Reading, second: Reading, rarity: Mapping[str, float] | None = None
) -> Comparison:
    """Compare two sayings; ``rarity`` has the idf of stems in the record, where that is known.

    Which of them is the earlier one their dates tell, where they have any, else their order.
    """
    given = first
    first, second = _in_order(first, second)
    found = find(first, second, rarity or {})
    chances = _chances(found)
    relation = max(chances, key=chances.__getitem__)
    return Comparison(
        Relation(relation),
        chances["repeats"],
        chances["contradicts"],
        chances["updates"],
        likeness(found),
        tuple(_reasons(found)),
        found.cover.shares[0 if first is given else 1],
    )


def _in_order(first: Reading, second: Reading) -> tuple[Reading, Reading]:
    one, other = first.saying, second.saying
    if one.said_on and other.said_on and other.said_on.first < one.said_on.first:
        return second, first
    return first, second


def _chances(found: Found) -> dict[str, float]:
    """The probability of each relation: what was learned, within what an editor would swear by."""
    if _word_for_word(found):
        return {"repeats": CERTAIN, "contradicts": 0.0, "updates": 0.0, "unrelated": 1 - CERTAIN}
    chances = load_model().probabilities(features(found))
    ruled_out = []
    if not found.same_speaker:  # two who disagree do not contradict themselves
        ruled_out.append("contradicts")
    if _is_no_repeat(found):
        ruled_out.append("repeats")
    for label in ruled_out:
        chances["unrelated"] += chances[label]
        chances[label] = 0.0
    return chances


def _is_no_repeat(found: Found) -> bool:
    """What an editor would say at once: another number or unit, other roles, a denial, nothing in
    common."""
    return (
        bool(found.numbers.other)
        or found.swapped
        or _other_unit(found)
        or _plainly_denied(found)
        or not found.in_common
    )


def _word_for_word(found: Found) -> bool:
    """Whether both are the same words in the same order, if any tell something."""
    one, other = found.first, found.second
    said = [[word.low for word in reading.words if word.kind != "stop"] for reading in (one, other)]
    return bool(said[0]) and said[0] == said[1]


def _plainly_denied(found: Found) -> bool:
    """Whether one denies a word of the other and they say much the same besides."""
    left = (content for side in found.alignment.left for content in side)
    return (
        len(found.flips) == 1
        and min(found.cover.shares) >= MUCH
        and not any(content.denies for content in left)
    )


def _other_unit(found: Found) -> bool:
    """Whether the same number is of another unit: "12 %" and "12 euros"."""
    return any(a.unit and b.unit for a, b in found.elsewhere)


def _reasons(found: Found) -> Iterator[Reason]:
    """What is told of them, what differs first."""
    first, second = found.first, found.second

    def said(reading: Reading, span) -> str:
        words = reading.words[span[0] : span[1]]
        return reading.saying.text[words[0].start : words[-1].end] if words else ""

    for code, pairs in (
        (Code.OTHER_NUMBER, found.numbers.other),
        (Code.NEAR_NUMBER, found.numbers.near),
        (Code.SAME_NUMBER, found.numbers.same),
    ):
        for a, b in pairs:
            yield Reason(code, said(first, (a.start, a.end)), said(second, (b.start, b.end)))
    for code, pairs in ((Code.OTHER_DATE, found.days.other), (Code.SAME_DATE, found.days.same)):
        for a, b in pairs:
            yield Reason(code, said(first, (a.start, a.stop)), said(second, (b.start, b.stop)))
    opposed = {(a.place, b.place) for a, b in found.alignment.opposed}
    for a, b in found.flips:
        code = Code.OPPOSITE if (a.place, b.place) in opposed else Code.DENIED
        yield Reason(code, a.text, b.text)
    if all(found.left_names):
        one, other = (", ".join(c.text for c in side) for side in found.left_names)
        yield Reason(Code.OTHER_NAME, one, other)
    if found.swapped:
        yield Reason(Code.OTHER_ROLES)
    if found.other_speaker:
        yield Reason(Code.OTHER_SPEAKER)
    if found.gap:
        yield Reason(Code.SAID_LATER)
    for a, b in found.names:
        yield Reason(Code.SAME_NAME, a.text, b.text)
    words = [a.text for a, b, how in found.alignment.same if not (a.name or b.name)][:SHOWN]
    if words:
        yield Reason(Code.SAME_WORDS, ", ".join(words))
