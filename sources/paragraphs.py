"""The paragraphs of a text: its lines that are not blank."""

import re

LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each, in code points, end-exclusive."""
    return [line.span() for line in LINE.finditer(text) if not line.group().isspace()]
