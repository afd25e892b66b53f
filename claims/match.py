"""Claims of the record that say nearly what somebody says: the one function that looks for them.

Today by words (``ClaimQuerySet.worded_like``): the most telling stems find claims, trigrams compare
them. What is said by the same speaker or in the same time counts a little more, never more than
what is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, F, FloatField, Q, Value, When

from claims.models import Claim
from claims.models.claim import ClaimQuerySet, telling_words
from sources.partial_date import PartialDate

MOST = 5
AT_ONCE = 10  # sayings a query looks for
OF_SPEAKER, OF_DAY = 0.1, 0.05  # what these add to a similarity


@dataclass(frozen=True)
class Said:
    """What is looked for: some words, the ids of whoever may have said them, and when."""

    text: str
    speakers: tuple[int, ...] = ()
    said_on: PartialDate | None = None


@dataclass(frozen=True)
class Match:
    """A claim, by its id in the database, that says nearly the same.

    ``similarity`` is the share of trigrams, from 0 to 1; ``same_speaker`` and ``same_time`` say
    what they have in common besides.
    """

    claim: int
    similarity: float
    same_speaker: bool
    same_time: bool


def match(
    text: str,
    speaker: int | None = None,
    said_on: PartialDate | None = None,
    *,
    checked: bool = True,
    most: int = MOST,
) -> list[Match]:
    """The published claims that say nearly what ``text`` says, the best first.

    ``speaker`` is an id in the database. Only those with a published verification, unless
    ``checked`` is false.
    """
    said = Said(text, (speaker,) if speaker else (), said_on)
    return match_all([said], checked=checked, most=most)[0]


def match_all(said: Sequence[Said], *, checked: bool, most: int) -> list[list[Match]]:
    """The same for each of several: one query for their words, and one for every ten.

    Each of them costs the database what one search of the inbox costs: some milliseconds, however
    large the record is.
    """
    asked = list(dict.fromkeys(said))
    claims = Claim.objects.published()
    if checked:
        claims = claims.checked()
    told = list(zip(asked, telling_words([each.text for each in asked]), strict=True))
    found: dict[Said, list[Match]] = {}
    for first in range(0, len(told), AT_ONCE):
        found |= _found(claims, told[first : first + AT_ONCE], most)
    return [found[each] for each in said]


def _found(
    claims: ClaimQuerySet, told: Sequence[tuple[Said, list[str]]], most: int
) -> dict[Said, list[Match]]:
    """What is found of each, which comes with its telling words."""
    searches = [
        _nearest(claims, said, words)
        .annotate(place=Value(place))
        .values_list("place", "pk", "similarity", "same_speaker", "same_time")[:most]
        for place, (said, words) in enumerate(told)
        if len(words) > 1
    ]
    found: dict[Said, list[Match]] = {said: [] for said, _words in told}
    if searches:
        for place, *match in searches[0].union(*searches[1:], all=True):
            found[told[place][0]].append(Match(*match))
    return found


def _nearest(claims: ClaimQuerySet, said: Said, words: list[str]) -> ClaimQuerySet:
    same_speaker = Q(speaker__in=said.speakers) if said.speakers else Q(pk__in=[])
    same_time = Q(pk__in=[])
    if said.said_on:
        same_time = Q(said_on__first__lt=said.said_on.end, said_on__end__gt=said.said_on.first)
    found = claims.worded_like(said.text, words=words).annotate(
        same_speaker=Case(When(same_speaker, then=True), default=False),
        same_time=Case(When(same_time, then=True), default=False),
    )
    more = Case(
        When(same_speaker=True, same_time=True, then=OF_SPEAKER + OF_DAY),
        When(same_speaker=True, then=OF_SPEAKER),
        When(same_time=True, then=OF_DAY),
        default=0.0,
        output_field=FloatField(),
    )
    return found.annotate(nearness=F("similarity") + more).order_by("-nearness", "-pk")
