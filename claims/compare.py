"""What another version of the extractor would say of a snapshot, beside what is recorded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.extraction import Candidate, Span
from claims.extraction import Reading as Found
from claims.extraction.evaluation.measure import overlap
from claims.models import Claim
from claims.recognise import Recogniser
from sources.models import Snapshot

SAME = 0.5  # of the code points of both: then they are the same claim, as in seeds/gold/README.md


@dataclass(frozen=True)
class Difference:
    """A claim that would be added (no ``claim``), dropped (no ``candidate``), or changed.

    ``changes`` names the fields of a changed one, each with what is recorded and what is found.
    """

    claim: Claim | None
    candidate: Candidate | None
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def decided(self) -> bool:
        """Whether an editor has decided on the claim: it stays as it is, whatever is found."""
        return self.claim is not None and self.claim.status != Claim.Status.CANDIDATE


def compare(snapshot: Snapshot, found: Found) -> list[Difference]:
    """Every difference, in the order of the text."""
    recorded = list(
        Claim.objects.filter(sentence__snapshot=snapshot, reading__isnull=False)
        .select_related("speaker")
        .prefetch_related("speaker__aliases", "possible_speakers")
    )
    points = {claim: positions(_spans(claim)) for claim in recorded}
    at = defaultdict(list)
    for claim, places in points.items():
        for i in places:
            at[i].append(claim)
    recognised = Recogniser([snapshot])
    differences, left = [], set(recorded)
    for candidate in found.claims:
        places = positions(candidate.content)
        near = {claim for i in places for claim in at[i]} & left
        claim = max(near, key=lambda claim: overlap(points[claim], places), default=None)
        if claim is None or overlap(points[claim], places) < SAME:
            if not recognised.first(snapshot, candidate):
                differences.append(Difference(None, candidate))
            continue
        left.remove(claim)
        if changes := _changes(claim, candidate, snapshot.text):
            differences.append(Difference(claim, candidate, changes))
    differences += [Difference(claim, None) for claim in left]
    return sorted(differences, key=_place)


def _place(difference: Difference) -> int:
    spans = difference.candidate.content if difference.candidate else _spans(difference.claim)
    return spans[0][0]


def _changes(claim: Claim, candidate: Candidate, text: str) -> dict[str, tuple[str, str]]:
    now = " […] ".join(text[start:end] for start, end in candidate.content)
    pairs = {
        "content": (claim.quote, now),
        "kind": (claim.kind, candidate.kind),
        "quotation": (claim.quotation, candidate.quotation),
        "said_on": (claim.said_on.isoformat() if claim.said_on else "", candidate.said_on or ""),
    }
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    named, known = set(candidate.names), claim.names
    if not (named & known) and (named or known):
        shown = str(claim.speaker or " / ".join(map(str, claim.possible_speakers.all())))
        changes["speaker"] = (shown, " / ".join(sorted(named)))
    return changes


def _spans(claim: Claim) -> list[Span]:
    return [Span(span.lower, span.upper) for span in claim.content]


def positions(spans: Iterable[Span]) -> set[int]:
    """The code points of spans."""
    return {i for start, end in spans for i in range(start, end)}
