"""Give the parser plainer text, one character for one, so that offsets stay as they are."""

import re

from claims.extraction.quotations import Quotation

PLAIN = {
    **dict.fromkeys("\xa0\u2007\u2009\u200a\u202f\u2002\u2003\u2005\u3000\t\0", " "),
    "’": "'",
    "ʼ": "'",
    "\u2011": "-",
    "\u2010": "-",
}
APART = re.compile(r"\b([cdjlmnst]|qu|lorsqu|puisqu|jusqu)'(?= )", re.IGNORECASE)
SURROGATE = re.compile("[\ud800-\udfff]")


def plain(text: str, quotations: list[Quotation]) -> str:
    """`text` with plain spaces and apostrophes, and single quotation marks told from apostrophes.

    A mark glued between two words becomes a space, so that the words come apart.
    """
    pieces = []
    last = 0
    for at, mark in sorted(_marks(text, quotations).items()):
        pieces += text[last:at], mark
        last = at + 1
    found = SURROGATE.sub("\ufffd", "".join(pieces) + text[last:])
    for character, plainer in PLAIN.items():  # many times faster than str.translate
        found = found.replace(character, plainer)
    # "d' Albertville": with its vowel back, the tokenizer sees the word.
    return APART.sub(r"\1e", found) if "' " in found else found


def _marks(text: str, quotations: list[Quotation]) -> dict[int, str]:
    """Where a mark is to be written otherwise, and how."""
    marks = {}
    for quotation in quotations:
        for at in {quotation.start, quotation.end - 1}:
            if at == quotation.start and at and text[at - 1] in "'’" and quotation.inner_start > at:
                marks[at] = " "  # "d'« échec »": the tokenizer would not see the elision
            elif text[at] in "'‘’" and at not in range(quotation.inner_start, quotation.inner_end):
                glued = 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
                marks[at] = " " if glued else '"'
    return marks
