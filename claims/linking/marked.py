"""What agrees and what differs of two claims, marked in the words of each and told in sentences."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from claims.comparison import Code, Reason
from claims.highlight import Segment, segments
from claims.models import Link

AGREES, DIFFERS = "agrees", "differs"
# What is marked where it stands; of words in common there are too many to be told from the rest.
MARKED = {
    Code.SAME_NUMBER: AGREES,
    Code.SAME_NAME: AGREES,
    Code.SAME_DATE: AGREES,
    Code.NEAR_NUMBER: DIFFERS,
    Code.OTHER_NUMBER: DIFFERS,
    Code.OTHER_NAME: DIFFERS,
    Code.OTHER_DATE: DIFFERS,
    Code.DENIED: DIFFERS,
    Code.OPPOSITE: DIFFERS,
}

CODES = {code.value for code in Code}


@dataclass(frozen=True)
class Marked:
    """The words of the earlier claim and of the later one, each in segments marked "agrees" or
    "differs", and why in sentences: what differs first."""

    earlier: list[Segment]
    later: list[Segment]
    reasons: list[tuple[str, str]]


def marked(link: Link) -> Marked:
    """Of a proposed link. What was found of other words than the claims have now is not marked."""
    reasons = list(_reasons(link))
    return Marked(
        earlier=_segments(link.earlier.text, ((r.code, r.first) for r in reasons)),
        later=_segments(link.claim.text, ((r.code, r.second or r.first) for r in reasons)),
        reasons=[(AGREES if _agrees(reason.code) else DIFFERS, str(reason)) for reason in reasons],
    )


def _reasons(link: Link) -> Iterable[Reason]:
    """Those of this version: another's codes may be unknown."""
    for told in link.reasons:
        if told.get("code") in CODES:
            yield Reason(Code(told["code"]), told.get("first", ""), told.get("second", ""))


def _agrees(code: Code) -> bool:
    return MARKED.get(code) == AGREES or code == Code.SAME_WORDS


def _segments(text: str, told: Iterable[tuple[Code, str]]) -> list[Segment]:
    spans: dict[str, list[tuple[int, int]]] = {AGREES: [], DIFFERS: []}
    taken: set[int] = set()
    for code, words in told:
        if code in MARKED:
            for each in [words] if words in text else words.split(", "):
                if span := _place(text, each, taken):
                    spans[MARKED[code]].append(span)
                    taken |= set(range(*span))
    return segments(text, [(mark, sorted(found)) for mark, found in spans.items() if found])


def _place(text: str, words: str, taken: set[int]) -> tuple[int, int] | None:
    """Where words stand first that are not marked yet, whole ones."""
    if not words:
        return None
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        if taken.isdisjoint(range(*found.span())):
            return found.span()
    return None
