"""The content of a claim in characters: its quotation marks, and whether it is quoted."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from claims.extraction.claim import Span
from claims.extraction.paragraphs import LONGEST
from claims.extraction.quotations import Quotation


def strip(text: str, start: int, end: int) -> Span | None:
    """The span without white space around it; None if nothing is left."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return Span(start, end) if start < end else None


def characters(doc: Doc, start: int, end: int) -> Span:
    """The characters of the tokens from `start` to `end`."""
    last = doc[end - 1]
    return Span(doc[start].idx, last.idx + len(last.text))


def content_spans(doc: Doc, bounds: tuple[tuple[int, int], ...]) -> tuple[Span, ...]:
    """The characters of a content: marks around it left out, balanced ones inside kept."""
    return content_quoted(doc, bounds)[0]


def content_quoted(doc: Doc, bounds: tuple[tuple[int, int], ...]) -> tuple[tuple[Span, ...], str]:
    """The characters of a content, and "direct" if all its words stand in quotation marks, "mixed"
    if some do, else "indirect"."""
    text = doc._.text
    spans = [characters(doc, start, end) for start, end in bounds]
    spans = [_balance(text, _near(doc, span), span) for span in spans]
    quotation = _quotation(doc, spans)
    if quotation == "direct":
        spans = [_bare(text, span) for span in spans]
    return tuple(spans), quotation


def _quotation(doc: Doc, content: Sequence[Span]) -> str:
    text = doc._.text
    inside = outside = False
    for span in content:
        at = span.start
        for found in _near(doc, span):  # in order of their starts
            start, end = max(at, found.inner_start), min(span.end, found.inner_end)
            if start < end:
                outside = outside or _has_words(text, at, start)
                inside = inside or _has_words(text, start, end)
                at = end
        outside = outside or _has_words(text, at, span.end)
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def _has_words(text: str, start: int, end: int) -> bool:
    return any(map(str.isalnum, text[start:end]))


def _near(doc: Doc, span: Span) -> list[Quotation]:
    """The quotations that may touch `span`: none is longer than a paragraph's piece."""
    starts = doc.user_data.get("quotation starts")
    if starts is None:
        starts = doc.user_data["quotation starts"] = [q.start for q in doc._.quotations]
    first = bisect_left(starts, span.start - LONGEST)
    return doc._.quotations[first : bisect_right(starts, span.end)]


def _balance(text: str, quotations: list[Quotation], span: Span) -> Span:
    """Without a mark at either edge whose partner lies outside; with one that closes inside."""
    start, end = span
    for found in quotations:
        if found.start >= start and found.inner_end == end:
            end = found.end
        if found.end <= end and found.inner_start == start:
            start = found.start
    changed = True
    while changed and start < end:
        changed = False
        for found in quotations:
            if found.start == start and found.inner_start > start and found.end > end:
                start, changed = found.inner_start, True
            if found.end == end and found.inner_end < end and found.start < start:
                end, changed = found.inner_end, True
        stripped = strip(text, start, end)
        if stripped and stripped != (start, end):
            (start, end), changed = stripped, True
    return Span(start, end) if start < end else span


def _bare(text: str, span: Span) -> Span:
    """Without marks and stops around it."""
    start, end = span
    while start < end and not text[start].isalnum() and text[start] not in "([":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ")]!?%€$°":
        end -= 1
    return Span(start, end) if start < end else span
