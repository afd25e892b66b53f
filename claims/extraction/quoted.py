"""Quotations as tokens: where they begin and end, and which one a token stands in."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc

from claims.extraction.quotations import Quotation

OPENING = {"«", "“", '"', "‘", "„"}
CLOSING = {"»", "”", '"', "’"}


class Quoted(NamedTuple):
    """The words of a quotation; tokens, `end` exclusive; the marks themselves are outside."""

    start: int
    end: int


@dataclass
class Index:
    """The quotations of a document by where they begin, end and reach."""

    starting: dict[int, Quoted] = field(default_factory=dict)  # the longest that begins there
    ending: dict[int, Quoted] = field(default_factory=dict)  # the longest that ends there
    innermost: dict[int, Quoted] = field(default_factory=dict)  # the shortest around a token
    starts: list[int] = field(default_factory=list)
    all: list[Quoted] = field(default_factory=list)
    chains: list[list[Quoted]] = field(default_factory=list)


def quotations(doc: Doc) -> list[Quoted]:
    """The quotations of `doc` in order, outer before inner."""
    return _index(doc).all


def chains(doc: Doc) -> list[list[Quoted]]:
    """The quotations that run over several paragraphs, each as its pieces in order."""
    return _index(doc).chains


def _index(doc: Doc) -> Index:
    try:
        return doc.user_data["quotation index"]
    except KeyError:
        index = doc.user_data["quotation index"] = Index()
        offsets = [token.idx for token in doc]
        last: Quotation | None = None  # the one that goes on
        for quotation in doc._.quotations:
            start = bisect_right(offsets, quotation.inner_start - 1)
            end = bisect_right(offsets, quotation.inner_end - 1)
            while start < end and (doc[start].is_space or doc[start].text in OPENING):
                start += 1
            while end > start and (doc[end - 1].is_space or doc[end - 1].text in CLOSING):
                end -= 1
            if start >= end:
                continue
            _add(index, Quoted(start, end))
            goes_on = last is not None and quotation.start >= last.end
            if goes_on:
                index.chains[-1].append(Quoted(start, end))
            elif quotation.goes_on:
                index.chains.append([Quoted(start, end)])
            if quotation.goes_on or goes_on:
                last = quotation if quotation.goes_on else None
        return index


def _add(index: Index, quoted: Quoted) -> None:
    index.all.append(quoted)
    if quoted.start not in index.starting:
        index.starting[quoted.start] = quoted
        index.starts.append(quoted.start)
    index.ending.setdefault(quoted.end, quoted)
    if len(quoted) < 1000:  # tokens: no quotation of a newspaper is longer
        index.innermost.update(dict.fromkeys(range(*quoted), quoted))


def ending_before(doc: Doc, i: int) -> Quoted | None:
    """The quotation that closes right before token `i`, a comma aside; the longest of several."""
    j = i
    while j > 0 and i - j < 4 and (doc[j - 1].text in {",", *CLOSING} or doc[j - 1].is_space):
        j -= 1
    marked = any(token.text in CLOSING for token in doc[j:i])
    for end in (*range(j, i + 1), j - 1):
        quoted = _index(doc).ending.get(end)
        if quoted is None or (end == j - 1 and doc[j - 1].text not in ".!?…"):
            continue
        if marked or doc[end].text not in CLOSING:  # a mark glued to a word is no token
            return quoted
    return None


def starting_at(doc: Doc, i: int) -> Quoted | None:
    """The quotation that opens at token `i`; the longest of several."""
    starting = _index(doc).starting
    if i in starting:
        return starting[i]
    return starting[i + 1] if i + 1 in starting and doc[i].text in OPENING else None


def starting_between(doc: Doc, start: int, end: int) -> list[Quoted]:
    """The quotations that open in the tokens from `start` to `end`, in order."""
    index = _index(doc)
    starts = index.starts[bisect_left(index.starts, start) : bisect_left(index.starts, end)]
    return [index.starting[i] for i in starts]


def count_quoted(doc: Doc, start: int, end: int) -> int:
    """How many of the tokens from `start` to `end` stand in quotations."""
    innermost = _index(doc).innermost
    return sum([i in innermost for i in range(start, end)]) if innermost else 0


def quotation_of(doc: Doc) -> dict[int, Quoted]:
    """The innermost quotation of each token that stands in one."""
    return _index(doc).innermost


def around(doc: Doc, i: int) -> Quoted | None:
    """The innermost quotation that holds token `i`."""
    return _index(doc).innermost.get(i)
