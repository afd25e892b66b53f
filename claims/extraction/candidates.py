"""Turn what the components found in an article into candidates: characters, not tokens."""

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from claims.extraction.attribution import Attribution
from claims.extraction.cast import Speaker
from claims.extraction.check_worthiness import check_worthiness
from claims.extraction.claim import Candidate, Reading, Span
from claims.extraction.confidence import confidence
from claims.extraction.document import Document
from claims.extraction.edges import characters, content_quoted, content_spans, strip
from claims.extraction.kinds import kind_of, kind_of_narration
from claims.extraction.narration import Narrated, narrated
from claims.extraction.parts import parts_of
from claims.extraction.said_on import dates_said
from claims.extraction.sentences import sentence_of, sentences_between

HYPHENS = re.compile(r"-(?:t-?)?")


def reading(doc: Doc) -> Reading:
    """The sentences and claims of a document that the components have been over."""
    doc = Document.of(doc)
    attributions = doc._.attributions
    dates = dates_said(doc, attributions, doc._.speakers)
    found = [
        _candidate(doc, *found) for found in zip(attributions, doc._.speakers, dates, strict=True)
    ]
    found += [_narrated(doc, narration) for narration in narrated(doc, attributions)]
    found = sorted(_once(found), key=lambda claim: claim.content)
    return Reading(tuple(sentences(doc)), tuple(found))


def _once(candidates: list[Candidate]) -> Iterable[Candidate]:
    """The surest of those with the same content: said once, it is one claim, two cues or not."""
    surest: dict[tuple[Span, ...], Candidate] = {}
    for candidate in candidates:
        other = surest.setdefault(candidate.content, candidate)
        if candidate.confidence > other.confidence:
            surest[candidate.content] = candidate
    return surest.values()


def sentences(doc: Doc) -> list[Span]:
    """The sentences of the text that are not blank, in order."""
    found = []
    text = doc._.text
    for start, end in sentences_between(doc, 0, len(doc)):
        if span := strip(text, *characters(doc, start, end)):
            found.append(span)
    return found


def _candidate(doc: Doc, attribution: Attribution, speaker: Speaker, date: str | None) -> Candidate:
    content, quotation = content_quoted(doc, attribution.content)
    cue, source = attribution.cue, attribution.source
    kind = kind_of(doc, attribution)
    return Candidate(
        content=content,
        cue=_word(doc, cue.start, cue.end) if cue else None,
        source=_word(doc, source.start, source.end) if source else None,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        speaker_candidates=speaker.candidates,
        quotation=quotation,
        kind=kind,
        said_on=date,
        parts=tuple(characters(doc, *part) for part in parts_of(doc, attribution.content)),
        sentence=_sentence(doc, cue.head if cue else attribution.start),
        confidence=confidence(attribution, speaker),
        check_worthiness=check_worthiness(doc, attribution.content, kind),
        rule=attribution.frame,
    )


def _narrated(doc: Doc, narration: Narrated) -> Candidate:
    bounds = narration.start, narration.end
    return Candidate(
        content=content_spans(doc, (bounds,)),
        cue=None,
        source=None,
        speaker=None,
        speaker_kind="narrator",
        speaker_candidates=(),
        quotation="none",
        kind=kind_of_narration(doc, bounds),
        said_on=None,
        parts=(),
        sentence=_sentence(doc, bounds[0]),
        confidence=round(narration.sure, 2),
        check_worthiness=round(narration.sure, 2),
        rule="narration",
    )


def _sentence(doc: Doc, i: int) -> Span:
    span = characters(doc, *sentence_of(doc, i))
    return strip(doc._.text, *span) or span


def _word(doc: Doc, start: int, end: int) -> Span:
    """Characters without the hyphen of an inverted pronoun at the left: "-t-elle"."""
    span = characters(doc, start, end)
    hyphens = HYPHENS.match(doc._.text[span.start : span.end])
    stripped = Span(span.start + len(hyphens[0]), span.end) if hyphens else span
    return stripped if stripped.start < stripped.end else span
