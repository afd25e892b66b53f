"""Record what the extractor found: candidates become rows, once.

What another snapshot of the document has already is not recorded again; what a near-duplicate
document has is an appearance of the claim that was recorded first.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from psycopg.types.range import Int4Range

from claims.bearers import Bearers
from claims.extraction import Candidate, Span
from claims.extraction import Reading as Found
from claims.models import Appearance, Claim, PossibleSpeaker, Reading
from claims.recognise import Recogniser
from sources.insert import drawing_again, insert
from sources.locks import hold
from sources.models import Sentence, Snapshot
from sources.partial_date import PartialDate

RECORDING = "recording"  # held while claims and speakers are recorded, or merged

Sentences = dict[int, list[Sentence]]  # of each snapshot, by its id


@dataclass
class Recorded:
    """How many claims a reading found, and how many are new, or new appearances of others."""

    found: int
    created: int = 0
    appearances: int = 0


def record(snapshot: Snapshot, found: Found, extractor: str) -> Recorded:
    """As ``record_all``, of one snapshot."""
    return record_all([(snapshot, found)], extractor)[0]


@drawing_again
@transaction.atomic
def record_all(read: Sequence[tuple[Snapshot, Found]], extractor: str) -> list[Recorded]:
    """Write the sentences and claims of one reading of each snapshot, in as many queries as of one.

    Recording the same again changes nothing; a claim that is there already stays as it is, so
    nothing an editor decided is touched.
    """
    # One recording at a time: what this one looks for and does not find must not appear meanwhile.
    hold([RECORDING])
    snapshots = [snapshot for snapshot, _found in read]
    readings = _readings(snapshots, extractor)
    sentences = sentences_of(read)
    known = _known(snapshots)
    recognised = Recogniser(snapshots)
    new: list[tuple[Snapshot, Candidate, Claim]] = []
    appearances: dict[tuple[int, int], Appearance] = {}
    counts = [Recorded(found=len(found.claims)) for _snapshot, found in read]
    for (snapshot, found), count in zip(read, counts, strict=True):
        for candidate in found.claims:
            sentence = sentence_at(candidate.sentence.start, sentences[snapshot.pk])
            content = _ranges(candidate.content)
            if (sentence.pk, _key(content)) in known:
                continue
            known.add((sentence.pk, _key(content)))
            reading = readings[snapshot.pk]
            first = recognised.first(snapshot, candidate)
            if first is None:
                claim = _claim(candidate, snapshot.text, sentence, reading)
                new.append((snapshot, candidate, claim))
                recognised.add(snapshot, candidate, claim)
                count.created += 1
            elif not recognised.is_in_document(snapshot, first):
                key = (first.pk or id(first), sentence.pk)
                count.appearances += key not in appearances
                appearances[key] = Appearance(
                    claim=first, sentence=sentence, content=content, reading=reading
                )
                recognised.add(snapshot, candidate, first)
    _write(new, appearances.values())
    return counts


def _readings(snapshots: list[Snapshot], extractor: str) -> dict[int, Reading]:
    known = Reading.objects.filter(snapshot__in=snapshots, extractor=extractor)
    readings = {reading.snapshot_id: reading for reading in known}
    new = [
        Reading(snapshot=snapshot, extractor=extractor)
        for snapshot in snapshots
        if snapshot.pk not in readings
    ]
    return readings | {reading.snapshot_id: reading for reading in insert(Reading, new)}


def sentences_of(read: Sequence[tuple[Snapshot, Found]]) -> Sentences:
    """The sentences of snapshots: those of their first readings, for ever."""
    sentences = defaultdict(list)
    known = Sentence.objects.filter(snapshot__in=[snapshot for snapshot, _found in read])
    for sentence in known.order_by("position"):
        sentences[sentence.snapshot_id].append(sentence)
    new = [
        Sentence(
            snapshot=snapshot,
            position=position,
            start=start,
            end=end,
            text=snapshot.text[start:end],
        )
        for snapshot, found in read
        if snapshot.pk not in sentences
        for position, (start, end) in enumerate(found.sentences)
    ]
    for sentence in insert(Sentence, new):
        sentences[sentence.snapshot_id].append(sentence)
    return sentences


def _known(snapshots: list[Snapshot]) -> set:
    """The claims and appearances in snapshots, by sentence and content."""
    return {
        (sentence, _key(content))
        for model in (Claim, Appearance)
        for sentence, content in model.objects.filter(sentence__snapshot__in=snapshots).values_list(
            "sentence", "content"
        )
    }


def sentence_at(start: int, sentences: list[Sentence]) -> Sentence:
    """The one that what begins at ``start`` stands in."""
    place = bisect_right(sentences, start, key=lambda s: s.start) - 1
    return sentences[max(place, 0)]


def _claim(candidate: Candidate, text: str, sentence: Sentence, reading: Reading) -> Claim:
    return Claim(
        sentence=sentence,
        content=_ranges(candidate.content),
        cue=_range(candidate.cue),
        source=_range(candidate.source),
        parts=_ranges(candidate.parts),
        quote=quote(text, candidate.content),
        said_on=PartialDate.parse(candidate.said_on) if candidate.said_on else None,
        quotation=candidate.quotation,
        kind=candidate.kind,
        confidence=candidate.confidence,
        check_worthiness=candidate.check_worthiness,
        rule=candidate.rule,
        reading=reading,
    )


def quote(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The words of a content, with a sign for what was left out between."""
    return " […] ".join(text[start:end] for start, end in spans)


def _write(new: list[tuple[Snapshot, Candidate, Claim]], appearances: Iterable[Appearance]) -> None:
    """The rows of new claims, each with the speaker it has or those it may have."""
    bearers = Bearers((snapshot.document, candidate) for snapshot, candidate, _claim in new)
    ambiguous = []
    for snapshot, candidate, claim in new:
        possible = bearers(snapshot.document, candidate)
        if len(possible) == 1:
            claim.speaker = possible[0]
        else:
            ambiguous += [(claim, speaker) for speaker in possible]
    insert(Claim, [claim for _snapshot, _candidate, claim in new])
    insert(
        PossibleSpeaker,
        [PossibleSpeaker(claim=claim, speaker=speaker) for claim, speaker in ambiguous],
    )
    # An editor may have merged a claim of this sentence into the same one.
    Appearance.objects.bulk_create(appearances, ignore_conflicts=True)


def _range(span: Span | None) -> Int4Range | None:
    return Int4Range(*span) if span else None


def _ranges(spans: Iterable[Span]) -> list[Int4Range]:
    return [Int4Range(*span) for span in spans]


def _key(ranges: Iterable[Int4Range]) -> tuple[tuple[int, int], ...]:
    return tuple((span.lower, span.upper) for span in ranges)
