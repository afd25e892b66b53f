"""What two claims of the record have to do with one another: the comparison, and who said them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from claims.comparison import (
    SUGGESTED,
    WITHIN_ONE,
    Comparison,
    Reading,
    Relation,
    Saying,
    compare,
    read,
)
from claims.linking.order import in_order
from claims.linking.utterances import Utterances
from claims.models import Claim, Link


@dataclass(frozen=True)
class Likely:
    """A link nobody proposed yet: the later claim, the earlier one, how probable, and why."""

    claim: int
    earlier: int
    kind: str
    score: float
    reasons: list[dict]


class Judge:
    """Compares pairs of claims, each of which is read once; ``claims`` have their source."""

    def __init__(self, claims: Iterable[Claim]):
        self.claims = {claim.pk: claim for claim in claims}
        self.utterances = Utterances.of(self.claims)
        self._readings: dict[int, Reading] = {}

    def likely(self, one: int, other: int) -> Likely | None:
        """How the two may be linked; None where nothing is said of that, or it was decided."""
        first, second = self.claims[max(one, other)], self.claims[min(one, other)]
        if first.sentence_id == second.sentence_id or self.utterances.are_linked(one, other):
            return None
        later, earlier = in_order(first, second)
        compared = compare(self._read(earlier), self._read(later))
        kind, score = compared.relation.value, probability(compared)
        if compared.relation == Relation.UNRELATED or score < SUGGESTED[compared.relation]:
            return None
        if kind == Link.Kind.REPEATS and first.document == second.document and score < WITHIN_ONE:
            return None
        if kind != Link.Kind.REPEATS and not self.utterances.share_a_speaker(one, other):
            return None
        if self.utterances.were_refused(one, other, kind):
            return None
        # A reason is told in the reader's language later, from its code and words.
        reasons = [asdict(reason) for reason in compared.reasons]
        return Likely(later.pk, earlier.pk, kind, score, reasons)

    def _read(self, claim: Claim) -> Reading:
        if claim.pk not in self._readings:
            self._readings[claim.pk] = read(saying(claim))
        return self._readings[claim.pk]


def saying(claim: Claim) -> Saying:
    """A claim as it is compared; where nobody says when it was said, it was by the time it was
    published."""
    return Saying(
        claim.text,
        claim.document.language,
        frozenset([claim.speaker_id] if claim.speaker_id else []),
        claim.said_on or claim.document.published_on,
    )


def probability(compared: Comparison) -> float:
    """That the two are related as is said."""
    return getattr(compared, compared.relation.value, 0.0)
