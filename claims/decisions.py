"""What editors decided, as annotated articles: the next texts to train on and to measure with.

One record of a snapshot in the interchange format of the extractor: its ``claims`` as they were let
in, its ``decisions`` with what was found before and why something was rejected. All of it follows
from the rows and from the history the database keeps of them; nothing is written down twice.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from claims.merged import end_of_merges
from claims.models import Appearance, Claim, PossibleSpeaker, Speaker, SpeakerMerge
from sources.models import Snapshot

UNDECIDED = Claim.Status.CANDIDATE


def decided_snapshots(
    since: datetime | None = None, digests: Collection[str] = (), *, partial: bool = False
) -> QuerySet[Snapshot]:
    """Those whose candidates have all been decided, with ``partial`` some of them.

    ``since`` leaves out those in which nothing was decided since then, ``digests`` all others than
    those whose SHA-256 begins so.
    """
    claims = Claim.objects.filter(sentence__snapshot=OuterRef("pk"))
    decided = claims.exclude(status=UNDECIDED)
    rows = Snapshot.objects.filter(
        Exists(decided.filter(decided_at__gte=since) if since else decided)
    )
    if not partial:
        open_ones = Appearance.objects.filter(
            sentence__snapshot=OuterRef("pk"), claim__status=UNDECIDED
        )
        rows = rows.exclude(Exists(claims.filter(status=UNDECIDED))).exclude(Exists(open_ones))
    if digests:
        rows = rows.filter(pk__in=[pk for d in digests for pk in _with_digest(d)])
    return rows.defer("original").select_related("document__publisher").order_by("pk")


def _with_digest(digest: str) -> QuerySet:
    return Snapshot.objects.filter(sha256__startswith=digest).values_list("pk", flat=True)


def to_record(snapshot: Snapshot) -> dict:
    """The record of one snapshot (seeds/gold/README.md), with its ``decisions``.

    ``partial`` says that something in it is not decided yet, or cannot be placed in this text.
    """
    document = snapshot.document
    rows = (
        Claim.objects.filter(sentence__snapshot=snapshot)
        .exclude(rejected_because=Claim.RejectedBecause.UNDONE)
        .select_related("speaker", "sentence")
        .order_by("content", "pk")
    )
    claims = list(rows)
    gold = [*_let_in(claims), *_merged(claims)]
    appearing = list(_appearing(snapshot))
    gold += [claim for claim in appearing if claim]
    return {
        "id": f"{document.public_id}-{snapshot.sha256[:8]}",
        "language": document.language,
        "published_on": document.published_on and document.published_on.isoformat(),
        "publisher": document.publisher.name if document.publisher else "",
        "text": snapshot.text,
        "claims": sorted(gold, key=lambda claim: claim["content"]),
        "decisions": list(_decisions(claims)),
        "partial": None in appearing or any(claim.status == UNDECIDED for claim in claims),
    }


def _let_in(claims: list[Claim]) -> Iterator[dict]:
    """What was accepted; the accepted parts of a claim that was split are its parts, not claims of
    their own: one cue, one claim."""
    parts: dict[int, list[Claim]] = {}
    by_id = {claim.pk: claim for claim in claims}
    for claim in claims:
        if claim.status == Claim.Status.ACCEPTED and claim.split_from_id in by_id:
            parts.setdefault(claim.split_from_id, []).append(claim)
    for claim in claims:
        if claim.split_from_id in by_id:
            continue
        if claim.status == Claim.Status.ACCEPTED or claim.pk in parts:
            made = parts.get(claim.pk, [])
            first = claim if claim.status == Claim.Status.ACCEPTED else made[0]
            yield _gold(claim, first) | _parts(claim, made)


def _parts(claim: Claim, made: list[Claim]) -> dict:
    spans = [[part.content[0].lower, part.content[-1].upper] for part in made]
    spans = spans or [[part.lower, part.upper] for part in claim.parts]
    return {"parts": sorted(spans)} if len(spans) > 1 else {}


def _merged(claims: list[Claim]) -> Iterator[dict]:
    """What was merged is said here too, unless it is the same passage cut twice."""
    for claim in claims:
        if claim.status != Claim.Status.MERGED:
            continue
        kept = end_of_merges(claim)
        here = kept.sentence.snapshot_id == claim.sentence.snapshot_id
        overlaps = any(a.lower < b.upper and b.lower < a.upper
                       for a in claim.content for b in kept.content)  # fmt: skip
        if kept.status == Claim.Status.ACCEPTED and not (here and overlaps):
            yield _gold(claim, kept)


def _appearing(snapshot: Snapshot) -> Iterator[dict | None]:
    """Accepted claims that appear in a snapshot; None where cue and source cannot be placed."""
    appearances = Appearance.objects.filter(
        sentence__snapshot=snapshot, claim__status=Claim.Status.ACCEPTED
    ).select_related("sentence", "claim__speaker", "claim__sentence")
    own = Claim.objects.filter(sentence__snapshot=snapshot, status=Claim.Status.MERGED)
    merged = set(own.values_list("sentence", flat=True))
    for appearance in appearances:
        if appearance.sentence_id in merged:
            continue  # It stands for what was merged.
        claim = appearance.claim
        by = appearance.sentence.start - claim.sentence.start
        if appearance.sentence.text != claim.sentence.text or not appearance.content:
            yield None
            continue
        shifted = [[span.lower + by, span.upper + by] for span in claim.content]
        yield _gold(claim, claim) | {
            "content": shifted,
            "cue": claim.cue and [claim.cue.lower + by, claim.cue.upper + by],
            "source": claim.source and [claim.source.lower + by, claim.source.upper + by],
        }


def _gold(claim: Claim, decided: Claim) -> dict:
    """The places of ``claim``, with what was decided of ``decided``."""
    return {**_places(claim), **_said(decided)}


def _places(claim) -> dict:
    return {
        "content": [[span.lower, span.upper] for span in claim.content],
        "cue": claim.cue and [claim.cue.lower, claim.cue.upper],
        "source": claim.source and [claim.source.lower, claim.source.upper],
    }


def _said(claim: Claim) -> dict:
    speaker = None if claim.narrated else claim.speaker
    unnamed = "narrator" if claim.narrated else Speaker.Kind.ANONYMOUS.value
    return {
        "speaker": speaker.name if speaker else None,
        "speaker_kind": speaker.kind if speaker else unnamed,
        "quotation": claim.quotation,
        "kind": claim.kind,
        "said_on": claim.said_on and claim.said_on.isoformat(),
    }


def _decisions(claims: list[Claim]) -> Iterator[dict]:
    """What was decided of each, what was found, and what an editor changed: from, to."""
    ids = [claim.pk for claim in claims]
    versions = Claim.pgh_event_model.objects.filter(id__in=ids).select_related("pgh_context")
    first, decided = {}, {}
    at = {claim.pk: claim.decided_at for claim in claims}
    for version in versions.order_by("pgh_id"):
        first.setdefault(version.id, version)
        if version.decided_at and version.decided_at == at[version.id]:
            decided.setdefault(version.id, version)
    speakers = _Speakers(first.values())
    for claim in claims:
        if claim.status == UNDECIDED:
            continue
        context = getattr(decided.get(claim.pk), "pgh_context", None)
        found = first[claim.pk] if claim.reading_id and claim.pk in first else None
        yield {
            "claim": claim.public_id,
            "decision": claim.status,
            "because": claim.rejected_because or None,
            "reason": context.metadata.get("reason", "") if context else "",
            "at": claim.decided_at.isoformat(),
            "made": "found" if found else "split" if claim.split_from_id else "by hand",
            "rule": claim.rule,
            "confidence": claim.confidence,
            "check_worthiness": claim.check_worthiness,
            "found": found and _found(found, speakers),
            "changes": _changes(found, claim, speakers) if found else {},
        }


def _found(version, speakers: "_Speakers") -> dict:
    return {
        **_places(version),
        "speaker": speakers.name(version.speaker_id),
        "speaker_candidates": speakers.possible(version.id),
        "quotation": version.quotation,
        "kind": version.kind,
        "said_on": version.said_on and version.said_on.isoformat(),
    }


def _changes(version, claim: Claim, speakers: "_Speakers") -> dict[str, list]:
    before, after = _found(version, speakers), {**_places(claim), **_said(claim)}
    changes = {
        name: [before[name], after[name]]
        for name in ("content", "kind", "quotation", "said_on")
        if before[name] != after[name]
    }
    if version.wording != claim.wording:
        changes["wording"] = [version.wording, claim.wording]
    if speakers.end(version.speaker_id) != claim.speaker_id:
        changes["speaker"] = [before["speaker"], after["speaker"]]
    return changes


class _Speakers:
    """The speakers some first versions name: a merge of two is no change of a claim."""

    def __init__(self, versions) -> None:
        ids = {version.speaker_id for version in versions} - {None}
        possible = PossibleSpeaker.pgh_event_model.objects.filter(
            claim_id__in=[version.id for version in versions], pgh_label="insert"
        )
        self._possible: dict[int, list[int]] = {}
        for event in possible.order_by("pgh_id"):
            self._possible.setdefault(event.claim_id, []).append(event.speaker_id)
            ids.add(event.speaker_id)
        self._kept: dict[int, int] = {}
        merges, asked = SpeakerMerge.objects.standing(), ids
        while found := dict(merges.filter(merged__in=asked).values_list("merged", "kept")):
            self._kept |= found
            asked = set(found.values()) - self._kept.keys()
        self._names = dict(Speaker.objects.filter(pk__in=ids).values_list("pk", "name"))

    def name(self, pk: int | None) -> str | None:
        return self._names.get(pk)

    def possible(self, claim: int) -> list[str]:
        return [self._names[pk] for pk in self._possible.get(claim, ()) if pk in self._names]

    def end(self, pk: int | None) -> int | None:
        """The speaker kept at the end of the merges that begin with this one."""
        while pk in self._kept:
            pk = self._kept[pk]
        return pk
