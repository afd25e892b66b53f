"""Give the parser plainer text, one character for one, so that offsets stay as they are."""

import re

from claims.extraction.quotations import Quotation

PLAIN = str.maketrans(
    dict.fromkeys("\xa0\u2007\u2009\u200a\u202f\u2002\u2003\u2005\u3000\t", " ")
    | {"’": "'", "ʼ": "'", "\u2011": "-", "\u2010": "-", "\0": " "}
)
APART = re.compile(r"\b([cdjlmnst]|qu|lorsqu|puisqu|jusqu)'(?= )", re.IGNORECASE)
SURROGATE = re.compile("[\ud800-\udfff]")


def plain(text: str, quotations: list[Quotation]) -> str:
    """`text` with plain spaces and apostrophes, and single quotation marks told from apostrophes.

    A mark glued between two words becomes a space, so that the words come apart.
    """
    characters = list(SURROGATE.sub("\ufffd", text))
    for quotation in quotations:
        for at in {quotation.start, quotation.end - 1}:
            if at == quotation.start and at and text[at - 1] in "'’" and quotation.inner_start > at:
                characters[at] = " "  # "d'« échec »": the tokenizer would not see the elision
            elif text[at] in "'‘’" and at not in range(quotation.inner_start, quotation.inner_end):
                glued = 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
                characters[at] = " " if glued else '"'
    # "d' Albertville": with its vowel back, the tokenizer sees the word.
    return APART.sub(r"\1e", "".join(characters).translate(PLAIN))
