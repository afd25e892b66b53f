"""Turn what the components found in an article into candidates: characters, not tokens."""

import re

from spacy.tokens import Doc

from claims.extraction.attribution import Attribution
from claims.extraction.check_worthiness import check_worthiness
from claims.extraction.claim import Candidate, Reading, Span
from claims.extraction.confidence import confidence
from claims.extraction.edges import characters, content_spans, quotation, strip
from claims.extraction.kinds import kind_of
from claims.extraction.narration import narrated
from claims.extraction.occasions import date_of_occasion
from claims.extraction.parts import parts_of
from claims.extraction.said_on import said_on
from claims.extraction.sentences import sentence_of
from claims.extraction.speakers import Speaker

HYPHENS = re.compile(r"-(?:t-?)?")


def reading(doc: Doc) -> Reading:
    """The sentences and claims of a document that the components have been over."""
    found = [
        _candidate(doc, attribution, speaker)
        for attribution, speaker in zip(doc._.attributions, doc._.speakers, strict=True)
    ]
    found += [_narrated(doc, bounds) for bounds in narrated(doc, list(doc._.attributions))]
    found.sort(key=lambda claim: (claim.content, claim.cue or Span(0, 0)))
    return Reading(tuple(sentences(doc)), tuple(found))


def sentences(doc: Doc) -> list[Span]:
    """The sentences of the text that are not blank, in order."""
    found = []
    for sent in doc.sents:
        span = strip(doc._.text, sent.start_char, sent.end_char)
        if span:
            found.append(span)
    return found


def _candidate(doc: Doc, attribution: Attribution, speaker: Speaker) -> Candidate:
    content = content_spans(doc, attribution.content)
    cue, source = attribution.cue, attribution.source
    kind = kind_of(doc, attribution)
    return Candidate(
        content=content,
        cue=_word(doc, cue.start, cue.end) if cue else None,
        source=_word(doc, source.start, source.end) if source else None,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        speaker_candidates=speaker.candidates,
        quotation=quotation(doc, content),
        kind=kind,
        said_on=date_said(doc, attribution),
        parts=tuple(characters(doc, *part) for part in parts_of(doc, attribution.content)),
        sentence=_sentence(doc, cue.head if cue else attribution.start),
        confidence=confidence(attribution, speaker),
        check_worthiness=check_worthiness(doc, attribution.content, kind),
        rule=attribution.frame,
    )


def _narrated(doc: Doc, bounds: tuple[int, int]) -> Candidate:
    return Candidate(
        content=content_spans(doc, (bounds,)),
        cue=None,
        source=None,
        speaker=None,
        speaker_kind="narrator",
        speaker_candidates=(),
        quotation="none",
        kind="fact",
        said_on=None,
        parts=(),
        sentence=_sentence(doc, bounds[0]),
        confidence=0.6,
        check_worthiness=check_worthiness(doc, (bounds,), "fact"),
        rule="narration",
    )


def _sentence(doc: Doc, i: int) -> Span:
    span = characters(doc, *sentence_of(doc, i))
    return strip(doc._.text, *span) or span


def _word(doc: Doc, start: int, end: int) -> Span:
    """Characters without the hyphen of an inverted pronoun at the left: "-t-elle"."""
    span = characters(doc, start, end)
    hyphens = HYPHENS.match(doc._.text[span.start : span.end])
    return Span(span.start + len(hyphens[0]), span.end) if hyphens else span


def date_said(doc: Doc, attribution: Attribution) -> str | None:
    """When the words were said: a date beside the cue, or the dated occasion it refers to."""
    clause = cue_clause(doc, attribution)
    found = said_on(clause, doc._.published_on)
    return found or date_of_occasion(doc, clause, attribution.cue.group_start)


def cue_clause(doc: Doc, attribution: Attribution) -> str:
    """The words of the cue's sentence that are not part of what is claimed."""
    cue = attribution.cue
    sent = sentence_of(doc, cue.head if cue else attribution.start)
    return "".join(t.text_with_ws for t in doc[sent.start : sent.end] if not attribution.holds(t.i))
