"""Mark spans in a text: overlapping and nested ones included."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sources.paragraphs import paragraph_spans

Mark = tuple[object, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Segment:
    """A stretch of text and everything marked on it, the shortest mark last.

    ``ends`` are the marks whose last span ends with it.
    """

    text: str
    marks: tuple
    ends: tuple


def segments(
    text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None
) -> list[Segment]:
    """Cut ``text[start:end]`` where a mark begins or ends.

    ``marks`` are pairs of anything and its spans: (start, end) in code points of ``text``,
    end-exclusive; what lies outside is left out. The texts joined are ``text[start:end]``.
    """
    end = len(text) if end is None else end
    opens, closes = defaultdict(list), defaultdict(list)
    for order, (mark, spans) in enumerate(marks):
        length = sum(b - a for a, b in spans)
        last = max((b for _a, b in spans), default=0)
        for a, b in spans:
            if a < end and b > start:
                # Sorted so that the shortest mark comes last.
                entry = (-length, order, mark, last)
                opens[max(a, start)].append(entry)
                closes[min(b, end)].append(entry)
    active, cut = [], []
    for left, right in pairwise(sorted({start, end, *opens, *closes})):
        for entry in closes[left]:
            active.remove(entry)
        for entry in opens[left]:
            insort(active, entry, key=lambda entry: entry[:2])
        cut.append(
            Segment(
                text[left:right],
                tuple(mark for _, _, mark, _ in active),
                tuple(mark for _, _, mark, last in active if last == right),
            )
        )
    return cut


def paragraphs(text: str, marks: Iterable[Mark]) -> list[list[Segment]]:
    """The segments of each line of ``text`` that is not blank."""
    lines = paragraph_spans(text)
    starts = [start for start, _end in lines]
    marked = defaultdict(list)
    for mark, spans in marks:
        first = max(0, bisect_right(starts, spans[0][0]) - 1)
        for number in range(first, bisect_right(starts, spans[-1][1] - 1)):
            marked[number].append((mark, spans))
    return [segments(text, marked[number], *line) for number, line in enumerate(lines)]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a text: where it starts, in code points, and its segments.

    ``beside`` tells one that is only there for context.
    """

    start: int
    segments: list[Segment]
    beside: bool


def in_context(claim) -> list[Paragraph]:
    """The paragraphs a claim stands in, marked "content", "cue" and "source", and those around."""
    text = claim.sentence.snapshot.text
    marks = [
        (role, [(span.lower, span.upper) for span in spans if span])
        for role, spans in (
            ("content", claim.content), ("cue", [claim.cue]), ("source", [claim.source])
        )
    ]  # fmt: skip
    places = [(claim.sentence.start, claim.sentence.end)]
    places += [span for _role, spans in marks for span in spans]
    begins, ends = min(start for start, _end in places), max(end for _start, end in places)
    lines = paragraph_spans(text)
    own = [n for n, (start, end) in enumerate(lines) if start < ends and end > begins]
    around = range(max(own[0] - 1, 0), min(own[-1] + 2, len(lines)))
    return [
        Paragraph(lines[n][0], segments(text, marks, *lines[n]), beside=n not in own)
        for n in around
    ]


def marked_sentence(claim) -> list[Segment]:
    """The source sentence of a claim, marked "content", "cue" and "source"."""
    start = claim.sentence.start
    roles = {"content": claim.content, "cue": [claim.cue], "source": [claim.source]}
    marks = [
        (role, [(span.lower - start, span.upper - start) for span in spans if span])
        for role, spans in roles.items()
    ]
    return segments(claim.sentence.text, marks)
