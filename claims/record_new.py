"""Record the readings of new documents, many at once: as ``record`` does one by one."""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from claims.extraction import Candidate
from claims.extraction import Reading as Found
from claims.models import Claim, Reading, Speaker
from claims.record import Recorded, SpeakerResolver, _claim, _key
from sources.models import Document, Sentence, Snapshot

ANONYMOUS = Speaker.Kind.ANONYMOUS


@transaction.atomic
def record_new(read: Sequence[tuple[Snapshot, Found]], extractor: str) -> list[Recorded]:
    """Write the sentences and claims of snapshots made in this transaction, with their documents.

    Nobody else sees those yet, so there is nothing to look for but speakers.
    """
    readings = Reading.objects.bulk_create(
        Reading(snapshot=snapshot, extractor=extractor) for snapshot, _found in read
    )
    sentences = [_sentences(snapshot, found) for snapshot, found in read]
    Sentence.objects.bulk_create(sentence for own in sentences for sentence in own)
    named = _named(candidate for _snapshot, found in read for candidate in found.claims)
    unnamed = _unnamed(read)
    claims, ambiguous, recorded = [], [], []
    for (snapshot, found), own, reading in zip(read, sentences, readings, strict=True):
        resolve = SpeakerResolver(snapshot.document)
        resolve.found = named | unnamed[snapshot.document_id]
        known = set()
        for candidate in found.claims:
            claim = _claim(candidate, snapshot.text, own, reading)
            key = (claim.sentence_id, _key(claim.content))
            if key in known:
                continue
            known.add(key)
            possible = resolve(candidate)
            if len(possible) == 1:
                claim.speaker = possible[0]
            else:
                ambiguous += [(claim, speaker) for speaker in possible]
            claims.append(claim)
        recorded.append(Recorded(found=len(found.claims), created=len(known)))
    Claim.objects.bulk_create(claims)
    possible_speaker = Claim.possible_speakers.through
    possible_speaker.objects.bulk_create(
        possible_speaker(claim_id=claim.pk, speaker=speaker) for claim, speaker in ambiguous
    )
    return recorded


def _sentences(snapshot: Snapshot, found: Found) -> list[Sentence]:
    return [
        Sentence(
            snapshot=snapshot,
            position=position,
            start=start,
            end=end,
            text=snapshot.text[start:end],
        )
        for position, (start, end) in enumerate(found.sentences)
    ]


Bearers = dict[tuple[str, str], list[Speaker]]


def _names(candidate: Candidate) -> list[str]:
    if candidate.speaker_kind == "narrator":
        return []
    return [name for name in candidate.speaker_candidates or (candidate.speaker,) if name]


def _named(candidates: Iterable[Candidate]) -> Bearers:
    """The bearers of each name, as the resolver keeps them; a name nobody bears is a new one's."""
    wanted = {
        (name, candidate.speaker_kind): None
        for candidate in candidates
        if candidate.speaker_kind != ANONYMOUS
        for name in _names(candidate)
    }
    names = list(dict.fromkeys(name for name, _kind in wanted))
    bearers = _bearers(names)
    if missing := [name for name in names if name not in bearers]:
        _lock(missing)
        bearers |= _bearers(missing)
    new: dict[str, Speaker] = {}
    for name, kind in wanted:
        if name not in bearers:
            new.setdefault(name.upper(), Speaker(kind=kind, name=name))
    Speaker.objects.bulk_create(new.values())
    return {
        (name, kind): bearers[name] if name in bearers else [new[name.upper()]]
        for name, kind in wanted
    }


def _bearers(names: list[str]) -> dict[str, list[Speaker]]:
    """Who bears each name, or has it for an alias, in whatever case."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT asked.name, speaker.id FROM unnest(%(names)s::text[]) AS asked(name)
              JOIN claims_speaker speaker ON upper(speaker.name) = upper(asked.name)
            UNION
            SELECT asked.name, alias.speaker_id FROM unnest(%(names)s::text[]) AS asked(name)
              JOIN claims_alias alias ON upper(alias.name) = upper(asked.name)
            """,
            {"names": names},
        )
        rows = cursor.fetchall()
    speakers = (
        Speaker.objects.unmerged().exclude(kind=ANONYMOUS).in_bulk({pk for _name, pk in rows})
    )
    found: dict[str, list[Speaker]] = {}
    for name, pk in rows:
        if pk in speakers:
            found.setdefault(name, []).append(speakers[pk])
    return found


def _lock(names: list[str]) -> None:
    """One at a time makes a speaker of a name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s::text[]) AS key",
            [sorted({f"speaker {name.upper()}" for name in names})],
        )


def _unnamed(read: Sequence[tuple[Snapshot, Found]]) -> dict[int, Bearers]:
    """The unnamed sources of each document, by its id."""
    new: dict[int, dict[str, Speaker]] = {}
    for snapshot, found in read:
        own = new.setdefault(snapshot.document_id, {})
        for candidate in found.claims:
            if candidate.speaker_kind == ANONYMOUS:
                for name in _names(candidate):
                    own.setdefault(name, _unnamed_source(name, snapshot.document))
    Speaker.objects.bulk_create(speaker for own in new.values() for speaker in own.values())
    return {
        document: {(name, ANONYMOUS): [speaker] for name, speaker in own.items()}
        for document, own in new.items()
    }


def _unnamed_source(name: str, document: Document) -> Speaker:
    return Speaker(kind=ANONYMOUS, name=name, within=document)
