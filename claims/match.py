"""Claims of the record that say what somebody says: the one function that looks for them.

Those that share its telling words are found in the record (claims/retrieval), and the best of them
compared with it (claims/comparison): how alike they are, and what speaks for and against their
saying the same, puts them in order, and each has the probability that it does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

from claims.comparison import Code, Reading, Reason, Saying, compare, read
from claims.comparison.comparison import CERTAIN
from claims.models import Claim
from claims.models.claim import ClaimQuerySet, PossibleSpeaker
from claims.retrieval import Retrieved, retrieve
from sources.partial_date import PartialDate

MOST = 5
COMPARED = 24  # claims with one saying
COMPARED_OF_MANY = 12  # with each, of more than FEW sayings
FEW = 5
ALIKE = 0.25  # less is another claim,
TOLD = 0.9  # unless it tells as much of the text: a word, half a sentence
WORDS = 0.5  # what the rare words of the whole text count in ``similarity``, beside 1 for likeness
FOR, AGAINST = 0.04, 0.1  # in the order: odds (log) of saying the same; that it cannot
# The log-odds of ``score``, of ``similarity`` and of the log-odds of the comparison, which knows
# nothing of how many claims were looked at: ``make bench-match_scores ARGS=--fit`` tells them.
BIAS, SIMILARITY, COMPARISON = -3.59, 1.71, 1.30
LEAST = 0.01


@dataclass(frozen=True)
class Said:
    """What is looked for: some words, the ids of whoever may have said them, and when."""

    text: str
    speakers: tuple[int, ...] = ()
    said_on: PartialDate | None = None


@dataclass(frozen=True)
class Match:
    """A claim, by its id in the database, that may say the same.

    ``score`` is the probability that it does, as calibrated (docs/decisions/0038 has the table).
    ``similarity``, from 0 to 1, says how alike they are in words, ``repeats`` what the comparison
    of the two alone makes of it; both put them in order.
    ``reasons`` tell what speaks for and against; ``same_speaker`` and ``same_time`` what they have
    in common besides.
    """

    claim: int
    score: float
    similarity: float
    repeats: float
    reasons: tuple[Reason, ...]
    same_speaker: bool
    same_time: bool
    rank: float
    """By which they are in order, the highest first."""


@dataclass(frozen=True)
class _Known:
    """A claim of the record as it is compared: its words, and its wording if it has one."""

    claim: int
    readings: tuple[Reading, ...]
    speakers: frozenset[int]
    said_on: PartialDate | None


def match(
    text: str,
    speaker: int | None = None,
    said_on: PartialDate | None = None,
    *,
    checked: bool = True,
    most: int = MOST,
) -> list[Match]:
    """The published claims that say what ``text`` says, or nearly, the best first.

    ``speaker`` is an id in the database. Only those with a published verification, unless
    ``checked`` is false.
    """
    said = Said(text, (speaker,) if speaker else (), said_on)
    return match_all([said], checked=checked, most=most)[0]


def match_all(said: Sequence[Said], *, checked: bool, most: int) -> list[list[Match]]:
    """The same for each of several. What disagrees in its numbers is none.

    Few queries: for their words, for the claims of every ten, and for what these say.
    """
    claims = Claim.objects.published()
    found = near(said, claims.checked() if checked else claims)
    return [[each for each in some if not _other_number(each)][:most] for some in found]


def _other_number(match: Match) -> bool:
    return any(reason.code == Code.OTHER_NUMBER for reason in match.reasons)


def near(said: Sequence[Said], among: ClaimQuerySet) -> list[list[Match]]:
    """The claims of ``among`` that are like each of ``said``, the likest first."""
    asked = list(dict.fromkeys(said))
    most = COMPARED if len(asked) <= FEW else COMPARED_OF_MANY
    retrieved = retrieve([each.text for each in asked], among, most)
    known = _known({found.claim for each in retrieved for found in each.claims})
    matches = {
        each: sorted(_compared(each, beside, known), key=_best_first)
        for each, beside in zip(asked, retrieved, strict=True)
    }
    return [matches[each] for each in said]


def _best_first(match: Match) -> tuple:
    beside = not match.same_speaker, not match.same_time
    return -match.rank, *beside, -match.claim


def _known(pks: set[int]) -> dict[int, _Known]:
    """What these claims say, and who may have said it; two queries."""
    possible: dict[int, set[int]] = {pk: set() for pk in pks}
    for claim, speaker in PossibleSpeaker.objects.filter(claim__in=pks).values_list(
        "claim", "speaker"
    ):
        possible[claim].add(speaker)
    language = "sentence__snapshot__document__language"
    rows = Claim.objects.filter(pk__in=pks).order_by()
    known = {}
    for pk, quote, wording, speaker, said_on, tongue in rows.values_list(
        "pk", "quote", "wording", "speaker", "said_on", language
    ):
        speakers = frozenset({speaker} if speaker else possible[pk])
        texts = dict.fromkeys(filter(None, (wording, quote)))
        readings = tuple(read(Saying(text, tongue, speakers, said_on)) for text in texts)
        known[pk] = _Known(pk, readings, speakers, said_on)
    return known


def _compared(said: Said, retrieved: Retrieved, known: dict[int, _Known]) -> Iterator[Match]:
    speakers = frozenset(said.speakers)
    rarity = retrieved.rarity
    readings: dict[str, Reading] = {}
    for found in retrieved.claims:
        # One that was deleted meanwhile is none.
        if (one := known.get(found.claim)) is None:
            continue
        tongue = one.readings[0].saying.language
        if tongue not in readings:
            readings[tongue] = read(Saying(said.text, tongue, speakers, said.said_on))
        # Its words and its wording say the same: whichever is more like what is looked for.
        best = max(
            (compare(readings[tongue], reading, rarity) for reading in one.readings),
            key=lambda comparison: (comparison.likeness, comparison.repeats),
        )
        if best.likeness >= ALIKE or best.told >= TOLD:
            similarity = _similarity(best.likeness, retrieved.share(found))
            yield Match(
                one.claim,
                _score(best.repeats, similarity),
                similarity,
                best.repeats,
                best.reasons,
                bool(one.speakers & speakers),
                _at_one_time(one.said_on, said.said_on),
                _rank(best.repeats, similarity),
            )


def _similarity(likeness: float, share: float) -> float:
    return 1.0 if likeness == 1 else (likeness + WORDS * share) / (1 + WORDS)


def _rank(repeats: float, similarity: float) -> float:
    return similarity + (FOR * log_odds(repeats) if repeats else -AGAINST)


def _score(repeats: float, similarity: float) -> float:
    """The probability that a claim that was found says the same."""
    if not repeats:
        return 0.0
    odds = BIAS + SIMILARITY * similarity + COMPARISON * log_odds(repeats)
    return min(CERTAIN, 1 / (1 + exp(-odds)))


def log_odds(chance: float) -> float:
    """Those of a probability, which is neither certain nor impossible."""
    chance = min(max(chance, LEAST), 1 - LEAST)
    return log(chance / (1 - chance))


def _at_one_time(one: PartialDate | None, other: PartialDate | None) -> bool:
    return bool(one and other and one.first < other.end and other.first < one.end)
