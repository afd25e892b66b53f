"""What differs between two texts, with the claims marked, for a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.highlight import Mark, Segment, segments
from sources.differences import Paragraph, Piece, Span, compare
from sources.models import Snapshot


@dataclass(frozen=True)
class Change:
    """Words that were ``kept``, ``removed`` or ``added``, cut where a claim begins or ends."""

    kind: str
    segments: list[Segment]


@dataclass(frozen=True)
class Skipped:
    """So many paragraphs that say the same in both."""

    count: int


def changes(before: Snapshot, after: Snapshot, claims: Iterable) -> list[list[Change] | Skipped]:
    """What changed, each paragraph between its neighbours; those that hold a claim are there too.

    ``claims`` are those found in either snapshot.
    """
    marks = {before.pk: [], after.pk: []}
    for claim in claims:
        spans = [(span.lower, span.upper) for span in claim.content]
        marks[claim.sentence.snapshot_id].append((claim, spans))
    new_marks = marks[after.pk] if after != before else []
    return text_changes(before.text, after.text, marks[before.pk], new_marks)


def text_changes(
    before: str, after: str, old_marks: Sequence[Mark] = (), new_marks: Sequence[Mark] = ()
) -> list[list[Change] | Skipped]:
    """The same of any two texts, with what is marked in each."""
    page = _Page(before, after, old_marks, new_marks)
    compared = [(paragraph, page.marked(paragraph)) for paragraph in compare(page.old, page.new)]
    differs = [any(not (p.before and p.after) for p in paragraph) for paragraph, _marks in compared]
    shown, skipped = [], 0
    for at, (paragraph, found) in enumerate(compared):
        if not (any(differs[max(0, at - 1) : at + 2]) or any(found)):
            skipped += 1
            continue
        if skipped:
            shown.append(Skipped(skipped))
            skipped = 0
        shown.append([page.change(piece, *found) for piece in paragraph])
    return [*shown, Skipped(skipped)] if skipped else shown


@dataclass(frozen=True)
class _Page:
    old: str
    new: str
    old_marks: Sequence[Mark]
    new_marks: Sequence[Mark]

    def marked(self, paragraph: Paragraph) -> tuple[list[Mark], list[Mark]]:
        """The marks in a paragraph, of either text."""
        before = [piece.before for piece in paragraph if piece.before]
        after = [piece.after for piece in paragraph if piece.after]
        return _within(self.old_marks, before), _within(self.new_marks, after)

    def change(self, piece: Piece, old_marks: list[Mark], new_marks: list[Mark]) -> Change:
        if piece.before is None:
            return Change("added", segments(self.new, new_marks, *piece.after))
        if piece.after is None:
            return Change("removed", segments(self.old, old_marks, *piece.before))
        # The same words: what is marked in one text is marked at its place in the other.
        moved = piece.after[0] - piece.before[0]
        there = [(mark, [(a + moved, b + moved) for a, b in spans]) for mark, spans in old_marks]
        return Change("kept", segments(self.new, [*there, *new_marks], *piece.after))


def _within(marks: Sequence[Mark], pieces: list[Span]) -> list[Mark]:
    if not pieces:
        return []
    start, end = pieces[0][0], pieces[-1][1]
    return [mark for mark in marks if any(a < end and b > start for a, b in mark[1])]
