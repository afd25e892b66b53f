"""What one version of the rating scale changed of the version before."""

from dataclasses import dataclass, field

from claims.models import Rating, Scale
from sources.differences import compare


@dataclass(frozen=True)
class ScaleChanges:
    """``added`` and ``removed`` ratings, those ``reworded`` (before, after), whether their order
    changed, and the methodology: paragraphs of (kept, removed or added; text), empty if the same.
    """

    added: list[Rating] = field(default_factory=list)
    removed: list[Rating] = field(default_factory=list)
    reworded: list[tuple[Rating, Rating]] = field(default_factory=list)
    reordered: bool = False
    methodology: list[list[tuple[str, str]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.reworded, self.reordered, self.methodology))


def scale_changes(before: Scale, after: Scale) -> ScaleChanges:
    """What differs, with the ratings of both as they are prefetched."""
    old = {rating.value: rating for rating in before.ratings.all()}
    new = {rating.value: rating for rating in after.ratings.all()}
    shared = [value for value in old if value in new]
    return ScaleChanges(
        added=[rating for value, rating in new.items() if value not in old],
        removed=[rating for value, rating in old.items() if value not in new],
        reworded=[
            (old[value], new[value]) for value in shared if _words(old[value]) != _words(new[value])
        ],
        reordered=shared != [value for value in new if value in old],
        methodology=_methodology(before.methodology, after.methodology),
    )


def _words(rating: Rating) -> tuple[str, ...]:
    return (rating.label_fr, rating.label_en, rating.definition_fr, rating.definition_en)


def _methodology(before: str, after: str) -> list[list[tuple[str, str]]]:
    if before == after:
        return []
    paragraphs = []
    for paragraph in compare(before, after):
        pieces = []
        for piece in paragraph:
            kind = "kept" if piece.before and piece.after else "added" if piece.after else "removed"
            text = after[slice(*piece.after)] if piece.after else before[slice(*piece.before)]
            pieces.append((kind, text))
        paragraphs.append(pieces)
    return paragraphs
