"""Give the parser plainer text, one character for one, so that offsets stay as they are."""

import re

from claims.extraction.quotations import Quotation

PLAIN = str.maketrans(
    dict.fromkeys("\xa0\u2007\u2009\u200a\u202f\u2002\u2003\u2005\u3000\t", " ")
    | {"’": "'", "ʼ": "'", "\u2011": "-", "\u2010": "-", "\0": " "}
)
SURROGATE = re.compile("[\ud800-\udfff]")


def plain(text: str, quotations: list[Quotation]) -> str:
    """`text` with plain spaces and apostrophes, and single quotation marks told from apostrophes.

    A mark glued between two words becomes a space, so that the words come apart.
    """
    characters = list(SURROGATE.sub("\ufffd", text))
    for quotation in quotations:
        for at in {quotation.start, quotation.end - 1}:
            if text[at] in "'‘’" and at not in range(quotation.inner_start, quotation.inner_end):
                glued = 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
                characters[at] = " " if glued else '"'
    return "".join(characters).translate(PLAIN)
