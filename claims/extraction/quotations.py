"""Find what stands in quotation marks, by characters, before anything is parsed.

News text closes quotations it never opened, opens some it never closes, glues a mark to the word
before it and writes the same stroke for quotation and apostrophe. Each is decided here, once, so
that no later rule has to look at a mark again.
"""

import re
from typing import NamedTuple

OPENERS = {"»": "«", "”": "“„", "’": "‘", "›": "‹"}
MARK = '«“„"'
MARKS = re.compile(r"[«»“”„‘’‹›\"']")
# What French elides before a vowel; anything else before a stroke is no elision.
ELISION = re.compile(
    r"(?:^|[^\w])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|parce qu|entr"
    r"|aujourd|prud|grand|chef-d|main-d)$",
    re.IGNORECASE,
)
SENTENCE_START = re.compile(r"[.!?…][»”\"']?\s+(?=\S)")


class Quotation(NamedTuple):
    """`start` is the opening mark and `end` follows the closing one; where a mark is missing they
    are where the words begin and end. `inner_start` and `inner_end` bound the words."""

    start: int
    end: int
    inner_start: int
    inner_end: int


def find_quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The quotations of the paragraph ``text[start:end]``, outer before inner, in order."""
    found: list[Quotation] = []
    open_marks: list[tuple[str, int]] = []
    for match in MARKS.finditer(text, start, end):
        mark, at = match[0], match.start()
        role = _role(text, start, end, at, mark, open_marks)
        if role == "open":
            open_marks.append((mark, at))
        elif role == "close":
            depth = _matching(open_marks, mark)
            if depth is not None:
                _, opened = open_marks[depth]
                del open_marks[depth:]
                found.append(Quotation(opened, at + 1, opened + 1, at))
            else:
                begin = _sentence_start(text, start, at, found)
                found.append(Quotation(begin, at + 1, begin, at))
    for _, at in open_marks:
        found.append(Quotation(at, *_unclosed_end(text, start, end, at)))
    found = [quotation for quotation in found if _has_words(text, quotation)]
    return sorted(found, key=lambda quotation: (quotation.start, -quotation.end))


def _role(text: str, start: int, end: int, at: int, mark: str, open_marks: list) -> str:
    """ "open", "close" or "" for an apostrophe."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark in "«“„‹‘":
        return "open"
    if mark in "»”›":
        return "close"
    if mark == "’":
        is_open = any(opened == "‘" for opened, _ in open_marks)
        return "close" if is_open and not after.isalnum() else ""
    is_open = any(opened == mark for opened, _ in open_marks)
    if mark == '"':
        if is_open:
            return "close"
        return "close" if after.isspace() and not before.isspace() else "open"
    if ELISION.search(text[max(start, at - 10) : at]):
        return ""
    if after.isalnum():
        if not before.isalnum():
            return "open"
        if before.isdigit():
            return ""
        return "" if after in "aeiouyhéèêàâîïôûœæ" and before in "lndmtsjcLNDMTSJCu" else "open"
    if after in "«“[(" or (before.isspace() and after.isspace()):
        return ""
    return "" if before.isspace() or not (before.isalnum() or before in ".!?…%)»") else "close"


def _matching(open_marks: list[tuple[str, int]], mark: str) -> int | None:
    wanted = OPENERS.get(mark, mark)
    for depth in reversed(range(len(open_marks))):
        if open_marks[depth][0] in wanted:
            return depth
    return None


def _sentence_start(text: str, start: int, at: int, found: list[Quotation]) -> int:
    """Where a quotation that nobody opened may begin: its sentence, after earlier quotations."""
    begin = max([start, *(quotation.end for quotation in found)])
    for match in SENTENCE_START.finditer(text, begin, at):
        begin = match.end()
    while begin < at and not text[begin].isalnum():
        begin += 1
    return begin


def _unclosed_end(text: str, start: int, end: int, at: int) -> tuple[int, int, int]:
    """End, inner start and inner end of a quotation that nobody closed.

    At the start of a paragraph it runs to the paragraph's end, else to the end of its sentence.
    """
    if text[start:at].strip():
        match = SENTENCE_START.search(text, at + 1, end)
        end = match.start() if match else end
    stop = at + len(text[at:end].rstrip(" .\u00a0"))
    return stop, at + 1, stop


def _has_words(text: str, quotation: Quotation) -> bool:
    return any(c.isalnum() for c in text[quotation.inner_start : quotation.inner_end])
