"""Clauses put into what they report: "…, a déclaré X", "« …, dit-elle, … »", and "selon X"."""

from spacy.tokens import Doc

from claims.extraction.clauses import breaks_off, has_finite, sentence_end, trim
from claims.extraction.cues import Cue
from claims.extraction.quoted import (
    CLOSING,
    OPENING,
    Quoted,
    around,
    ending_before,
    starting_at,
)
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import Source

Spans = list[tuple[int, int]]

CONTINUES = {"tandis", "et", "mais", "alors", "car", "or", "puisque", "puisqu'", "que", "qu'", "ni"}
LEADS = {"ainsi", "aussi", "comme"}


def is_inserted(doc: Doc, cue: Cue, source: Source | None) -> bool:
    """Whether the cue stands in a clause put into, or after, what it reports."""
    if "quote" not in cue.verb.frames or cue.passive or not cue.finite or source is None:
        return False
    first = cue.group_start
    if source.start < first:
        return False
    if first <= sentence_of(doc, cue.head).start:
        return ending_before(doc, first) is not None
    before = doc[first - 1]
    if cue.inverted is not None:
        return before.lower_ not in LEADS
    return before.text in {",", "?", "!", "…"} | CLOSING or ending_before(doc, first) is not None


def around_inserted(doc: Doc, cue: Cue, source: Source | None) -> Spans:
    """The content before, and after, an inserted clause."""
    first = cue.group_start
    last = max(cue.end, source.end if source else cue.end)
    if cue.inverted is not None:
        last = max(cue.end, cue.inverted + 1)
    if quoted := around(doc, cue.head):
        return _inside_quotation(doc, quoted, first, last)
    if quoted := ending_before(doc, first):
        spans = [(_with_lead(doc, quoted), quoted.end)]
        if other := _reopened(doc, last):
            spans.append(other)
        return trim(doc, spans)
    start = _clause_start(doc, sentence_of(doc, cue.head).start, first)
    spans = [(start, first)]
    if other := _reopened(doc, last):
        return trim(doc, [*spans, other])
    end = sentence_end(doc, last - 1)
    after = _resume(doc, last, end)
    if after is not None and (
        not has_finite(doc, start, first)
        or doc[after].lower_ in CONTINUES
        or breaks_off(doc, start, first)
    ):
        spans.append((after, end))
    return trim(doc, spans)


def _clause_start(doc: Doc, left: int, first: int) -> int:
    """Where the words before the cue begin: after the last colon or semicolon between."""
    for i in range(first - 2, left, -1):
        if doc[i].text in {":", ";"} and around(doc, i) is None:
            return i + 1
    return left


def _inside_quotation(doc: Doc, quoted: Quoted, first: int, last: int) -> Spans:
    spans = [(quoted.start, first)]
    after = _resume(doc, last, quoted.end)
    if after is not None:
        spans.append((after, quoted.end))
    return trim(doc, spans)


def _reopened(doc: Doc, i: int) -> Quoted | None:
    """A quotation after the mark at token `i` that ends the sentence: "« A », dit X, « B. »", "A,
    dit X : « B. »"."""
    if i + 1 >= len(doc) or doc[i].text not in {",", ":"}:
        return None
    quoted = starting_at(doc, i + 1)
    if quoted is None or any(t.is_alpha for t in doc[quoted.end : sentence_of(doc, i).end]):
        return None
    return quoted


def _with_lead(doc: Doc, quoted: Quoted) -> int:
    """Where the content begins whose end is `quoted`: its sentence, if that leads into it."""
    opener = sentence_of(doc, quoted.start).start
    if any(t.text == ":" for t in doc[max(opener, quoted.start - 3) : quoted.start]):
        return quoted.start
    lead = [t for t in doc[opener : quoted.start] if not (t.is_punct or t.text in OPENING)]
    return opener if lead and quoted.start > opener else quoted.start


def _resume(doc: Doc, start: int, end: int) -> int | None:
    """Where the content goes on after the inserted clause: past its comma, stop or mark."""
    for i in range(start, end):
        if doc[i].text in {",", ".", ":", "!", "?"} | OPENING:
            return i + 1 if i + 1 < end else None
    return None
