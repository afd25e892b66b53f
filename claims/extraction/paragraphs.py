"""Cut a text into paragraphs, and very long ones into pieces a parser digests in linear time."""

import re
from collections.abc import Iterator

LONGEST = 2000  # characters: a long paragraph of a newspaper has about 1,200
LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
SENTENCE_END = re.compile(r"[.!?…]\s")


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each paragraph or piece of one, without white space around it."""
    for line in LINE.finditer(text):
        start, end = _strip(text, *line.span())
        while start < end:
            cut = end if end - start <= LONGEST else _cut(text, start, start + LONGEST)
            yield _strip(text, start, cut)
            start, _ = _strip(text, cut, end)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    stripped = piece.lstrip()
    return end - len(stripped), start + len(piece.rstrip()) if stripped else end


def _cut(text: str, start: int, limit: int) -> int:
    """Where to cut before `limit`: after a sentence, else at white space, else anywhere."""
    middle = (start + limit) // 2
    ends = [match.start() + 1 for match in SENTENCE_END.finditer(text, middle, limit)]
    if ends:
        return ends[-1]
    space = text.rfind(" ", middle, limit)
    return space if space > 0 else limit
