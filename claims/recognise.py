"""Recognise what the record holds already, from other snapshots and near-duplicate documents."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from claims.extraction import Candidate
from claims.merged import end_of_merges
from claims.models import Appearance, Claim
from sources.duplicates import near_duplicates
from sources.models import Snapshot

WORD = re.compile(r"\w+")
Words = tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A claim as it is compared: the names of who may have said it, the words of its sentence."""

    claim: Claim
    names: set[str]
    sentence: Words


class Recogniser:
    """Finds the claims of snapshots in the others of their documents and in near-duplicates.

    A claim is the same if its words are, and either its speaker or its whole sentence is too.
    """

    def __init__(self, snapshots: Collection[Snapshot]) -> None:
        self._near = near_duplicates(snapshots)
        self._own = _of_the_same_document(snapshots)
        self._said: dict[int, dict[Words, list[Said]]] = defaultdict(lambda: defaultdict(list))
        elsewhere = set().union(*self._near.values(), *self._own.values())
        for snapshot, claim in _claims_in(elsewhere):
            said = Said(claim, claim.names, _words(claim.sentence.text))
            self._said[snapshot][_words(claim.quote)].append(said)

    def first(self, snapshot: Snapshot, candidate: Candidate) -> Claim | None:
        """The claim that ``candidate`` is, the first of several; if it was merged, the one kept."""
        said = _words(_quote(snapshot, candidate))
        sentence, names = _words(snapshot.text[slice(*candidate.sentence)]), set(candidate.names)
        found = [
            other.claim
            for pk in self._own[snapshot.pk] | self._near[snapshot.pk]
            for other in self._said[pk].get(said, ())
            if names & other.names or not (names or other.names) or other.sentence == sentence
        ]
        # One of this transaction has no id yet: it came after all others.
        first = min(found, key=lambda claim: claim.pk or float("inf"), default=None)
        merged = first is not None and first.status == Claim.Status.MERGED
        return end_of_merges(first) if merged else first

    def is_in_document(self, snapshot: Snapshot, claim: Claim) -> bool:
        """Whether another snapshot of the document has the claim, or an appearance of it."""
        return any(
            said.claim == claim
            for pk in self._own[snapshot.pk]
            for said in self._said[pk].get(_words(claim.quote), ())
        )

    def add(self, snapshot: Snapshot, candidate: Candidate, claim: Claim) -> None:
        """From now on ``claim``, new or known, is recognised as what ``candidate`` says."""
        sentence = _words(snapshot.text[slice(*candidate.sentence)])
        said = Said(claim, set(candidate.names), sentence)
        self._said[snapshot.pk][_words(_quote(snapshot, candidate))].append(said)


def _of_the_same_document(snapshots: Collection[Snapshot]) -> dict[int, set[int]]:
    """For each snapshot by its id: the others of its document."""
    documents = defaultdict(set)
    same = Snapshot.objects.filter(document__in={s.document_id for s in snapshots})
    for document, pk in same.values_list("document", "pk"):
        documents[document].add(pk)
    return {s.pk: documents[s.document_id] - {s.pk} for s in snapshots}


def _claims_in(snapshots: set[int]) -> Iterable[tuple[int, Claim]]:
    """The claims that are in snapshots or appear there, each with the id of the snapshot."""
    if not snapshots:
        return
    claims = Claim.objects.filter(sentence__snapshot__in=snapshots)
    known = claims.select_related("speaker", "sentence")
    for claim in known.prefetch_related("speaker__aliases", "possible_speakers"):
        yield claim.sentence.snapshot_id, claim
    appearances = Appearance.objects.filter(sentence__snapshot__in=snapshots)
    appearing = appearances.select_related("sentence", "claim__speaker", "claim__sentence")
    for appearance in appearing.prefetch_related(
        "claim__speaker__aliases", "claim__possible_speakers"
    ):
        yield appearance.sentence.snapshot_id, appearance.claim


def _quote(snapshot: Snapshot, candidate: Candidate) -> str:
    return " ".join(snapshot.text[start:end] for start, end in candidate.content)


def _words(text: str) -> Words:
    """Its words: case, punctuation and spaces make no difference."""
    return tuple(WORD.findall(text.casefold()))
