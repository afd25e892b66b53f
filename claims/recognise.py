"""Recognise what the record holds already, from other snapshots and near-duplicate documents."""

import re
from collections import defaultdict

from claims.extraction import Candidate
from claims.merged import end_of_merges
from claims.models import Appearance, Claim
from sources.duplicates import near_duplicates
from sources.models import Snapshot

WORD = re.compile(r"\w+")


class Recogniser:
    """Finds the claims of one snapshot in the others of its document and in near-duplicates.

    A claim is the same if its words are, and either its speaker or its whole sentence is too.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.text = snapshot.text
        others = Snapshot.objects.filter(document=snapshot.document_id).exclude(pk=snapshot.pk)
        self._own = set(others.values_list("pk", flat=True))
        self._by_words = defaultdict(list)
        for claim in _claims_in({*self._own, *near_duplicates(snapshot)}):
            self._by_words[_words(claim.quote)].append(claim)
        appearing = Appearance.objects.filter(sentence__snapshot__in=self._own)
        self._appearing = set(appearing.values_list("claim", flat=True)) if self._own else set()

    def __call__(self, candidate: Candidate) -> Claim | None:
        """The claim that ``candidate`` is, the first of several; if it was merged, the one kept."""
        said = _words(" ".join(self.text[start:end] for start, end in candidate.content))
        sentence, names = _words(self.text[slice(*candidate.sentence)]), set(candidate.names)
        for claim in self._by_words.get(said, ()):
            same_speaker = names & claim.names or not (names or claim.names)
            if same_speaker or _words(claim.sentence.text) == sentence:
                return end_of_merges(claim)
        return None

    def is_of_this_document(self, claim: Claim) -> bool:
        """Whether another snapshot of the document has it, or an appearance of it."""
        return claim.sentence.snapshot_id in self._own or claim.pk in self._appearing


def _claims_in(snapshots: set[int]) -> list[Claim]:
    """The claims that are in any of them or appear there, the first first."""
    if not snapshots:
        return []
    found = Claim.objects.filter(sentence__snapshot__in=snapshots).order_by().values("pk")
    appearing = Appearance.objects.filter(sentence__snapshot__in=snapshots).values("claim")
    claims = Claim.objects.filter(pk__in=found.union(appearing)).order_by("pk")
    return list(
        claims.select_related("speaker", "sentence").prefetch_related(
            "speaker__aliases", "possible_speakers"
        )
    )


def _words(text: str) -> tuple[str, ...]:
    """Its words: case, punctuation and spaces make no difference."""
    return tuple(WORD.findall(text.casefold()))
