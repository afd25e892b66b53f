"""Record what the extractor found: candidates become rows, once.

What another snapshot of the document has already is not recorded again; what a near-duplicate
document has is an appearance of the claim that was recorded first.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from psycopg.types.range import Int4Range

from claims.extraction import Candidate, Span
from claims.extraction import Reading as Found
from claims.models import Appearance, Claim, Reading, Speaker
from claims.recognise import Recogniser
from sources.duplicates import near_duplicates
from sources.models import Document, Sentence, Snapshot
from sources.partial_date import PartialDate


@dataclass(frozen=True)
class Recorded:
    """How many claims a reading found, and how many are new, or new appearances of others."""

    found: int
    created: int
    appearances: int


@transaction.atomic
def record(snapshot: Snapshot, found: Found, extractor: str) -> Recorded:
    """Write the sentences and claims of one reading of ``snapshot``.

    Recording the same again changes nothing; a claim that is there already stays as it is, so
    nothing an editor decided is touched.
    """
    _hold(snapshot)
    reading, _created = Reading.objects.get_or_create(snapshot=snapshot, extractor=extractor)
    sentences = _sentences(snapshot, found.sentences)
    known = _known(snapshot)
    recognised = Recogniser(snapshot)
    resolve = SpeakerResolver(snapshot.document)
    new, ambiguous, appearances = [], [], {}
    for candidate in found.claims:
        claim = _claim(candidate, snapshot.text, sentences, reading)
        key = (claim.sentence_id, _key(claim.content))
        if key in known:
            continue
        known.add(key)
        if first := recognised(candidate):
            if not recognised.is_of_this_document(first):
                appearances.setdefault((first.pk, claim.sentence_id), claim.content)
            continue
        possible = resolve(candidate)
        if len(possible) == 1:
            claim.speaker = possible[0]
        elif possible:
            ambiguous.append((claim, possible))
        new.append(claim)
    Claim.objects.bulk_create(new)
    for claim, possible in ambiguous:
        claim.possible_speakers.set(possible)
    made = Appearance.objects.bulk_create(
        [
            Appearance(claim_id=first, sentence_id=sentence, content=content, reading=reading)
            for (first, sentence), content in appearances.items()
        ],
        ignore_conflicts=True,
    )
    return Recorded(found=len(found.claims), created=len(new), appearances=len(made))


def _hold(snapshot: Snapshot) -> None:
    """One recording at a time of a snapshot and its near-duplicates.

    The rows it looks for must not appear meanwhile. Whatever is a duplicate holds the others too.
    """
    held = Snapshot.objects.filter(pk__in=[snapshot.pk, *near_duplicates(snapshot)])
    list(held.select_for_update(no_key=True).only("pk").order_by("pk"))


def _known(snapshot: Snapshot) -> set:
    """The claims and appearances in a snapshot, by sentence and content."""
    return {
        (row.sentence_id, _key(row.content))
        for model in (Claim, Appearance)
        for row in model.objects.filter(sentence__snapshot=snapshot).only("sentence", "content")
    }


def _sentences(snapshot: Snapshot, spans: Iterable[Span]) -> list[Sentence]:
    """The snapshot's sentences: those of its first reading, for ever."""
    if not snapshot.sentences.exists():
        Sentence.objects.bulk_create(
            Sentence(
                snapshot=snapshot,
                position=position,
                start=start,
                end=end,
                text=snapshot.text[start:end],
            )
            for position, (start, end) in enumerate(spans)
        )
    return list(snapshot.sentences.order_by("position"))


def _claim(candidate: Candidate, text: str, sentences: list[Sentence], reading: Reading) -> Claim:
    place = bisect_right(sentences, candidate.sentence.start, key=lambda s: s.start) - 1
    return Claim(
        sentence=sentences[max(place, 0)],
        content=_ranges(candidate.content),
        cue=_range(candidate.cue),
        source=_range(candidate.source),
        parts=_ranges(candidate.parts),
        quote=" […] ".join(text[start:end] for start, end in candidate.content),
        said_on=PartialDate.parse(candidate.said_on) if candidate.said_on else None,
        quotation=candidate.quotation,
        kind=candidate.kind,
        confidence=candidate.confidence,
        check_worthiness=candidate.check_worthiness,
        rule=candidate.rule,
        reading=reading,
    )


def _range(span: Span | None) -> Int4Range | None:
    return Int4Range(*span) if span else None


def _ranges(spans: Iterable[Span]) -> list[Int4Range]:
    return [Int4Range(*span) for span in spans]


def _key(ranges) -> tuple[tuple[int, int], ...]:
    return tuple((span.lower, span.upper) for span in ranges)


class SpeakerResolver:
    """Finds the speakers of one document's claims in the record, or adds them.

    "No match" and "many matches" differ: a name nobody bears becomes a new speaker, a name
    several bear is left for an editor to decide.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: dict[tuple[str, str], list[Speaker]] = {}

    def __call__(self, candidate: Candidate) -> list[Speaker]:
        """Every speaker the claim may belong to; empty where the text names nobody."""
        possible = (self._bearers(name, candidate.speaker_kind) for name in candidate.names)
        return list(dict.fromkeys(speaker for speakers in possible for speaker in speakers))

    def _bearers(self, name: str, kind: str) -> list[Speaker]:
        key = (name, kind)
        if key not in self.found:
            self.found[key] = self._look_up(name, kind)
        return self.found[key]

    def _look_up(self, name: str, kind: str) -> list[Speaker]:
        if kind == Speaker.Kind.ANONYMOUS:
            unnamed, _created = Speaker.objects.get_or_create(
                kind=kind, name=name, within=self.document
            )
            return [unnamed]
        bearers = (
            Speaker.objects.unmerged()
            .exclude(kind=Speaker.Kind.ANONYMOUS)
            .filter(Q(name__iexact=name) | Q(aliases__name__iexact=name))
        )
        return list(bearers.distinct()) or [Speaker.objects.create(kind=kind, name=name)]
