"""Find what stands in quotation marks, by characters, before anything is parsed.

News text closes quotations it never opened, opens some it never closes, glues a mark to the word
before it and writes the same stroke for quotation and apostrophe. Each is decided here, once, so
that no later rule has to look at a mark again.
"""

import re
from typing import NamedTuple

OPENERS = {"»": "«", "”": "“„", "“": "„", "’": "‘", "›": "‹"}
DOUBLE = '«»“”„"'
CLOSERS = {"«": "»", "“": "”", '"': '"'}  # of what may run over several paragraphs
MARKS = re.compile(r"[«»“”„‘’‹›\"']")
# What French elides before a vowel; anything else before a stroke is no elision.
ELISION = re.compile(
    r"(?:^|[^\w])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|parce qu|entr"
    r"|aujourd|prud|grand|chef-d|main-d)$",
    re.IGNORECASE,
)
YEAR = re.compile(r"['’]\d\d\b(?!\s?%)")  # "les années '90"
GENITIVE = re.compile(r"'s(?![\w'’])")  # "l'agence Moody's"
INCHES = re.compile(r"(?<!\d)\d\d?$")  # "un écran de 24\""
SENTENCE_START = re.compile(r"[.!?…][»”\"']?\s+(?=\S)")


class Quotation(NamedTuple):
    """`start` is the opening mark and `end` follows the closing one; where a mark is missing they
    are where the words begin and end. `inner_start` and `inner_end` bound the words."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    goes_on: bool = False
    """Whether it is taken up at the start of the next paragraph."""


def find_quotations(text: str, bounds: list[tuple[int, int]]) -> list[Quotation]:
    """The quotations of the paragraphs with these bounds, outer before inner, in order."""
    found: list[Quotation] = []
    pending = ""  # the mark of a quotation that goes on from the paragraph before
    for i, (start, end) in enumerate(bounds):
        closed, unclosed = _scan(text, start, end, pending)
        pending = ""
        if unclosed and i + 1 < len(bounds) and _resumes(text, *bounds[i + 1], unclosed[0][0]):
            pending = unclosed[0][0]
        for _, at in unclosed:
            goes_on = bool(pending) and at == unclosed[0][1]
            again = any(q.start > at and text[q.start] == text[at] for q in closed)
            to_end = goes_on or not (again or text[start:at].strip())
            closed.append(_unclosed(text, start, end, at, to_end)._replace(goes_on=goes_on))
        closed = [quotation for quotation in closed if _has_words(text, quotation)]
        found += sorted(closed, key=lambda quotation: (quotation.start, -quotation.end))
    return found


def _scan(
    text: str, start: int, end: int, pending: str
) -> tuple[list[Quotation], list[tuple[str, int]]]:
    """The quotations that end in a paragraph, and (mark, position) of those that do not.

    `pending` is the mark of one that goes on from the paragraph before.
    """
    found: list[Quotation] = []
    repeated = pending and text[start] in (pending, CLOSERS[pending])
    open_marks = [(pending, start - 1)] if pending and not repeated else []
    for match in MARKS.finditer(text, start, end):
        mark, at = match[0], match.start()
        if repeated and at == start:
            open_marks.append((pending, at))
            continue
        role = _role(text, start, end, at, mark, open_marks)
        if role == "open":
            open_marks.append((mark, at))
        elif role == "close":
            depth = _matching(open_marks, mark)
            if depth is not None:
                _, opened = open_marks[depth]
                del open_marks[depth:]
                found.append(Quotation(max(start, opened), at + 1, opened + 1, at))
            else:
                begin = _sentence_start(text, start, at, found)
                found.append(Quotation(begin, at + 1, begin, at))
    return found, open_marks


def _resumes(text: str, start: int, end: int, opener: str) -> bool:
    """Whether a paragraph goes on with a quotation the one before it left open: it repeats the
    mark at its start, or closes what it does not open."""
    if opener not in CLOSERS:
        return False
    if text[start] in (opener, CLOSERS[opener]):
        return True
    open_marks = [(opener, start - 1)]
    for match in MARKS.finditer(text, start, end):
        mark, at = match[0], match.start()
        if mark == opener and (opener != '"' or text[at - 1].isspace()):
            return False
        role = _role(text, start, end, at, mark, open_marks)
        if role == "open":
            open_marks.append((mark, at))
        elif role == "close":
            depth = _matching(open_marks, mark)
            if depth == 0:
                return True
            if depth:
                del open_marks[depth:]
    return False


def _role(text: str, start: int, end: int, at: int, mark: str, open_marks: list) -> str:
    """ "open", "close" or "" for an apostrophe or a measure."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark == "“" and any(opened == "„" for opened, _ in open_marks):
        return "close"
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
            return "open" if before.isspace() and after.isalnum() else "close"
        if INCHES.search(text, max(start, at - 3), at):
            return ""
        closes = after.isspace() or after in ",.;:!?…)]»"
        return "close" if closes and not before.isspace() else "open"
    if YEAR.match(text, at, end) or ELISION.search(text[max(start, at - 10) : at]):
        return ""
    if after.isalnum():
        if not before.isalnum():
            return "open"
        if before.isdigit() or GENITIVE.match(text, at, end):
            return ""
        return "" if after in "aeiouyhéèêàâîïôûœæ" and before in "lndmtsjcLNDMTSJCu" else "open"
    if after in "«“[(" or (before.isspace() and after.isspace()):
        return ""
    return "" if before.isspace() or not (before.isalnum() or before in ".!?…%)»") else "close"


def _matching(open_marks: list[tuple[str, int]], mark: str) -> int | None:
    """Which of the open marks `mark` closes: the last of its kind, else the last double one."""
    for wanted in (OPENERS.get(mark, mark), DOUBLE if mark in DOUBLE else ""):
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


def _unclosed(text: str, start: int, end: int, at: int, to_end: bool) -> Quotation:
    """A quotation that opens at `at` and that nobody closed: it runs to the end of its sentence, or
    `to_end` of its paragraph."""
    if not to_end:
        match = SENTENCE_START.search(text, at + 1, end)
        end = match.start() if match else end
    stop = at + len(text[at:end].rstrip(" .\u00a0"))
    return Quotation(max(at, start), stop, at + 1, stop)


def _has_words(text: str, quotation: Quotation) -> bool:
    return any(c.isalnum() for c in text[quotation.inner_start : quotation.inner_end])
