"""What differs between two texts: paragraph by paragraph, and word by word inside them.

Paragraphs that stand once in both texts hold them together (as in Bram Cohen's patience diff);
between those, paragraphs that share enough words are one that changed. The work is bounded: what
would take too long to compare is said to be removed and added whole.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from sources.paragraphs import paragraph_spans

WORK = 1_000_000  # pairs of words that are looked at, in all
PAIRS = 50_000  # in one paragraph; there are more in one of thousands of words
ALIKE = 0.5  # of the words of two paragraphs are shared: then one became the other
WORD = re.compile(r"\w+")
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of words, where it stands before and after: None if it does not."""

    before: Span | None
    after: Span | None


Paragraph = list[Piece]


def compare(before: str, after: str) -> list[Paragraph]:
    """The paragraphs of both texts, in order, each cut where what was removed or added begins."""
    return list(_Comparison(before, after).paragraphs())


class _Comparison:
    def __init__(self, before: str, after: str):
        self.before, self.after = before, after
        self.work = WORK

    def paragraphs(self) -> Iterator[Paragraph]:
        old, new = paragraph_spans(self.before), paragraph_spans(self.after)
        shared = _shared_once(_texts(self.before, old), _texts(self.after, new))
        for (i, j), (next_i, next_j) in pairwise([(-1, -1), *shared, (len(old), len(new))]):
            if i >= 0:
                yield [Piece(old[i], new[j])]
            yield from self._between(old[i + 1 : next_i], new[j + 1 : next_j])

    def _between(self, old: Sequence[Span], new: Sequence[Span]) -> Iterator[Paragraph]:
        """Paragraphs between two that the texts share: changed, removed and added ones."""
        same = _same_at_start(_texts(self.before, old), _texts(self.after, new))
        for pair in zip(old[:same], new[:same], strict=True):
            yield [Piece(*pair)]
        old, new = old[same:], new[same:]
        words = [Counter(WORD.findall(self.after, *span)) for span in new]
        done = 0
        for span in old:
            became = self._became(Counter(WORD.findall(self.before, *span)), words, done)
            if became is None:
                yield [Piece(span, None)]
                continue
            for added in new[done:became]:
                yield [Piece(None, added)]
            yield self._changed(span, new[became])
            done = became + 1
        for added in new[done:]:
            yield [Piece(None, added)]

    def _became(self, words: Counter, others: list[Counter], start: int) -> int | None:
        """The first from ``start`` on that is like these words."""
        for at in range(start, len(others)):
            self.work -= len(words)
            if self.work < 0:
                return None
            shared = sum(min(count, others[at][word]) for word, count in words.items())
            if 2 * shared >= ALIKE * (words.total() + others[at].total()):
                return at
        return None

    def _changed(self, old: Span, new: Span) -> Paragraph:
        """The words of one paragraph that became another."""
        if self.before[slice(*old)] == self.after[slice(*new)]:
            return [Piece(old, new)]
        a, b = _tokens(self.before, old), _tokens(self.after, new)
        pieces = []
        for tag, i, next_i, j, next_j in self._opcodes(
            _texts(self.before, a), _texts(self.after, b)
        ):
            was = (a[i][0], a[next_i - 1][1]) if next_i > i else None
            became = (b[j][0], b[next_j - 1][1]) if next_j > j else None
            pieces += [Piece(was, became)] if tag == "equal" else _replaced(was, became)
        return pieces

    def _opcodes(self, a: list[str], b: list[str]) -> list[tuple[str, int, int, int, int]]:
        """How words became others; a space between two changes is part of them."""
        counts = Counter(b)
        pairs = sum(counts[word] for word in a if not word.isspace()) + len(a) + len(b)
        if pairs > min(PAIRS, self.work):
            same = _same_at_start(a, b)
            end = _same_at_start(a[same:][::-1], b[same:][::-1])
            i, j = len(a) - end, len(b) - end
            found = [("equal", 0, same, 0, same), ("replace", same, i, same, j)]
            found.append(("equal", i, len(a), j, len(b)))
            return [code for code in found if code[2] > code[1] or code[4] > code[3]]
        self.work -= pairs
        found = SequenceMatcher(str.isspace, a, b, autojunk=False).get_opcodes()
        joined = []
        for at, code in enumerate(found):
            between = 0 < at < len(found) - 1
            if between and code[0] == "equal" and "".join(a[code[1] : code[2]]).isspace():
                code = ("replace", *code[1:])
            if joined and code[0] != "equal" and joined[-1][0] != "equal":
                _tag, i, _i, j, _j = joined.pop()
                code = ("replace", i, code[2], j, code[4])
            joined.append(code)
        return joined


def _replaced(before: Span | None, after: Span | None) -> Paragraph:
    pieces = [Piece(before, None), Piece(None, after)]
    return [piece for piece in pieces if piece.before or piece.after]


def _texts(text: str, spans: Sequence[Span]) -> list[str]:
    return [text[start:end] for start, end in spans]


def _tokens(text: str, span: Span) -> list[Span]:
    return [token.span() for token in TOKEN.finditer(text, *span)]


def _same_at_start(a: Sequence[str], b: Sequence[str]) -> int:
    """How many are the same from the first on."""
    for number, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return number
    return min(len(a), len(b))


def _shared_once(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """Where the same stands once in both, in the longest row that keeps the order of both."""
    counts_a, counts_b = Counter(a), Counter(b)
    places = {text: at for at, text in enumerate(b) if counts_b[text] == 1}
    shared = [
        (at, places[text]) for at, text in enumerate(a) if counts_a[text] == 1 and text in places
    ]
    # The longest increasing subsequence, by the last place of the best row of each length.
    lasts, rows, previous = [], [], {}
    for pair in shared:
        length = bisect_left(lasts, pair[1])
        previous[pair] = rows[length - 1] if length else None
        lasts[length : length + 1] = [pair[1]]
        rows[length : length + 1] = [pair]
    row, pair = [], rows[-1] if rows else None
    while pair:
        row.append(pair)
        pair = previous[pair]
    return row[::-1]
