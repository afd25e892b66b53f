"""What the extractor returns: spans, candidates and readings. Plain data, no spaCy, no Django."""

from dataclasses import dataclass
from typing import NamedTuple

SPEAKER_KINDS = ("person", "organisation", "document", "anonymous", "narrator")
QUOTATIONS = ("direct", "indirect", "mixed", "none")
KINDS = ("fact", "prediction", "opinion", "commitment", "demand")


class Span(NamedTuple):
    """Unicode code points into the text that was read; ``end`` is exclusive, as in a slice."""

    start: int
    end: int


class Candidate(NamedTuple):
    """A claim as a machine proposes it; a person decides whether it is one."""

    content: tuple[Span, ...]
    """What is claimed; several spans where the cue interrupts it. Never empty, in text order."""
    cue: Span | None
    """The reporting expression: "a déclaré", "selon"."""
    source: Span | None
    """The mention the claim is attributed to, as written."""
    speaker: str | None
    """The canonical name after coreference; None where the text names nobody."""
    speaker_kind: str
    """One of `SPEAKER_KINDS`."""
    speaker_candidates: tuple[str, ...]
    """More than one name where the mention is ambiguous; `speaker` is then the likeliest."""
    quotation: str
    """One of `QUOTATIONS`: whether the content stands in quotation marks."""
    kind: str
    """One of `KINDS`."""
    said_on: str | None
    """The day, month or year the words were said: "2025-12-03", "2025-12", "2025"."""
    parts: tuple[Span, ...]
    """The atomic propositions of a compound claim; empty for a simple one."""
    sentence: Span
    """The source sentence: the one that holds the cue, else the first span of the content."""
    confidence: float
    """From 0 to 1: how sure the rule is."""
    check_worthiness: float
    """From 0 to 1: how much a fact-checker would want to look at it."""
    rule: str
    """The name of the rule that found it."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it may be attributed to, the likeliest first; none where nobody is named."""
        if self.speaker_kind == "narrator":
            return ()
        return tuple(filter(None, self.speaker_candidates or (self.speaker,)))


@dataclass(frozen=True)
class Reading:
    """One text as read: its sentences in order, and its claims in order of their content."""

    sentences: tuple[Span, ...]
    claims: tuple[Candidate, ...]
