"""Recognise what the record holds already, from other snapshots and near-duplicate documents."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from claims.extraction import Candidate
from claims.merged import end_of_merges
from claims.models import Appearance, Claim
from sources.duplicates import near_duplicates
from sources.models import Sentence, Snapshot
from sources.shingles import words

# Of the claims of twenty papers no more is loaded than is looked at.
COMPARED = ["quote", "status", "speaker__name", "sentence__text", "sentence__snapshot"]
Words = tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """Something said as it is compared: its words, who may have said it, its sentence's words."""

    words: Words
    names: set[str]
    sentence: Words

    @classmethod
    def of(cls, quote: str, names: Iterable[str], sentence: str) -> "Said":
        folded = {name.casefold() for name in names}
        return cls(tuple(words(quote)), folded, tuple(words(sentence)))

    def is_that(self, other: "Said") -> bool:
        """Whether it is the same utterance as another of the same words."""
        nobody = not (self.names or other.names)
        return nobody or bool(self.names & other.names) or self.sentence == other.sentence


class Recogniser:
    """Finds the claims of snapshots in the others of their documents and in near-duplicates.

    A claim is the same if its words are, and either its speaker or its whole sentence is too.
    """

    def __init__(self, snapshots: Collection[Snapshot]) -> None:
        self._near = near_duplicates(snapshots)
        self._own = _of_the_same_document(snapshots)
        self._known: dict[int, dict[Words, list[tuple[Said, Claim]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        elsewhere = set().union(*self._near.values(), *self._own.values())
        for sentence, claim in _claims_in(elsewhere):
            said = Said.of(claim.quote, claim.names, sentence.text)
            self._known[sentence.snapshot_id][said.words].append((said, claim))

    def first(self, snapshot: Snapshot, candidate: Candidate) -> Claim | None:
        """The claim that ``candidate`` is: one of its document, else the first of several.

        If that was merged, it is the one kept.
        """
        said = _said(snapshot, candidate)
        own, near = self._own[snapshot.pk], self._near[snapshot.pk]
        first = self._first_among(own, said) or self._first_among(near, said)
        merged = first is not None and first.status == Claim.Status.MERGED
        return end_of_merges(first) if merged else first

    def _first_among(self, snapshots: set[int], said: Said) -> Claim | None:
        found = [
            (other, claim)
            for pk in snapshots
            for other, claim in self._known[pk].get(said.words, ())
            if said.is_that(other)
        ]

        def order(found: tuple[Said, Claim]) -> tuple[bool, float]:
            other, claim = found
            # One of this transaction has no id yet: it came after all others.
            return other.sentence != said.sentence, claim.pk or float("inf")

        return min(found, key=order)[1] if found else None

    def is_in_document(self, snapshot: Snapshot, claim: Claim) -> bool:
        """Whether another snapshot of the document has the claim, or an appearance of it."""
        return any(
            known == claim
            for pk in self._own[snapshot.pk]
            for _said, known in self._known[pk].get(tuple(words(claim.quote)), ())
        )

    def add(self, snapshot: Snapshot, candidate: Candidate, claim: Claim) -> None:
        """From now on ``claim``, new or known, is recognised as what ``candidate`` says."""
        said = _said(snapshot, candidate)
        self._known[snapshot.pk][said.words].append((said, claim))


def _of_the_same_document(snapshots: Collection[Snapshot]) -> dict[int, set[int]]:
    """For each snapshot by its id: the others of its document."""
    documents = defaultdict(set)
    same = Snapshot.objects.filter(document__in={s.document_id for s in snapshots})
    for document, pk in same.values_list("document", "pk"):
        documents[document].add(pk)
    return {s.pk: documents[s.document_id] - {s.pk} for s in snapshots}


def _claims_in(snapshots: set[int]) -> Iterable[tuple[Sentence, Claim]]:
    """The claims that are in snapshots or appear there, each with its sentence there."""
    if not snapshots:
        return
    claims = Claim.objects.filter(sentence__snapshot__in=snapshots)
    known = claims.select_related("speaker", "sentence").only(*COMPARED)
    for claim in known.prefetch_related("speaker__aliases", "possible_speakers"):
        yield claim.sentence, claim
    appearances = Appearance.objects.filter(sentence__snapshot__in=snapshots)
    appearing = appearances.select_related("sentence").only("sentence", "claim")
    firsts = Claim.objects.select_related("speaker").only(*COMPARED)
    firsts = firsts.prefetch_related("speaker__aliases", "possible_speakers")
    # Prefetched, not joined: many appearances are of one claim.
    for appearance in appearing.prefetch_related(Prefetch("claim", firsts)):
        yield appearance.sentence, appearance.claim


def _said(snapshot: Snapshot, candidate: Candidate) -> Said:
    quote = " ".join(snapshot.text[start:end] for start, end in candidate.content)
    return Said.of(quote, candidate.names, snapshot.text[slice(*candidate.sentence)])
