"""What a version of a verification says otherwise than the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.changes import Change, Skipped, text_changes
from claims.models import Claim, Evidence, Rating, Verification

Text = list[list[Change] | Skipped]


@dataclass(frozen=True)
class Revision:
    """``before`` and what changed from it: a text word by word, empty where it is the same;
    ``rating`` the one it had, None where it is the same.

    Evidence is ``changed`` where the same passage of the same source is told of otherwise: the
    piece as it is now, and its note word by word.
    """

    before: Verification
    rating: Rating | None
    summary: Text
    explanation: Text
    added: list[Evidence]
    removed: list[Evidence]
    changed: list[tuple[Evidence, Text]]
    claims_added: list[Claim]
    claims_removed: list[Claim]

    @property
    def is_empty(self) -> bool:
        """Whether it says the same: then what changed is on none of its pages."""
        return not any(value for name, value in vars(self).items() if name != "before")


def revision(
    before: Verification,
    after: Verification,
    claims_before: Sequence[Claim],
    claims_after: Sequence[Claim],
) -> Revision:
    """Compare two versions with their evidence and their public claims."""
    added, removed, changed = _evidence(before.evidence.all(), after.evidence.all())
    return Revision(
        before,
        before.rating if before.rating_id != after.rating_id else None,
        _text(before.summary, after.summary),
        _text(before.explanation, after.explanation),
        added,
        removed,
        changed,
        [claim for claim in claims_after if claim not in claims_before],
        [claim for claim in claims_before if claim not in claims_after],
    )


def _text(before: str, after: str) -> Text:
    return text_changes(before, after) if before != after else []


def _evidence(before, after) -> tuple[list[Evidence], list[Evidence], list]:
    """What was added and removed, and what stayed with another note, stance or copy."""
    removed, added, changed = list(before), [], []
    # First those that are the same in all: of two from one passage, the other is what changed.
    others = [piece for piece in after if not _take(removed, piece, _said)]
    for piece in others:
        if was := _take(removed, piece, _place):
            changed.append((piece, _text(was.note, piece.note)))
        else:
            added.append(piece)
    return added, removed, changed


def _take(pieces: list[Evidence], piece: Evidence, by) -> Evidence | None:
    """The first that is the same as ``piece`` ``by`` that, taken out of the list."""
    found = next((other for other in pieces if by(other) == by(piece)), None)
    if found:
        pieces.remove(found)
    return found


def _said(piece: Evidence) -> tuple:
    told = piece.stance, piece.primary, piece.note, piece.interest, piece.archived_url
    return *_place(piece), *told, piece.snapshot_id


def _place(piece: Evidence) -> tuple:
    """Where it is from. Of protected sources nothing is known but what their notes say."""
    if piece.protected:
        return (piece.note,)
    return piece.document_id, piece.address, piece.passage, piece.start
