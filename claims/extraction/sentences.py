"""Sentence boundaries of a tokenized paragraph, set before it is parsed.

Rules beat the parser here: they see the abbreviation in "M. Macron" and the closing mark that
belongs to the sentence before it. The parser keeps the boundaries it is given.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from spacy.attrs import SENT_START
from spacy.tokens import Doc

from claims.extraction.lexicon import load, words

MONTHS = frozenset(load("calendar")["months"]) | {"er", "de"}
TERMINAL = {".", "!", "?", "…", "...", "?!", "!?", "!!", "etc."}
CLOSERS = {"»", "”", '"', "'", ")", "]", "’"}
ABBREVIATIONS = words("abbreviations")
DASHES = {"—", "–", "-"}
OPENERS = {"«", "“", '"', "(", "[", "'", "‘", *DASHES}
YES, NO = np.uint64(1), np.uint64(2**64 - 1)  # spaCy's 1 and -1


def set_sentence_starts(doc: Doc) -> Doc:
    """Say of every token of one paragraph whether a sentence starts there."""
    texts = [token.text for token in doc]
    dateline = _dateline(doc, texts)
    marks = np.full(len(doc), NO, dtype=np.uint64)
    marks[:1] = YES
    ended = False
    depth = 0
    for i, text in enumerate(texts):
        starts = i == dateline or (ended and depth == 0 and _may_start(doc, texts, i))
        if starts:
            marks[i] = YES
            depth = 0
        if text == "(":
            depth += 1
        elif text == ")" and depth:
            depth -= 1
        if text in TERMINAL or (text[-1:] == "." and _swallows_stop(texts, i)):
            ended = True
        elif ended and (starts or text not in CLOSERS):
            ended = text.isspace()
    return doc.from_array([SENT_START], marks)


class Sentence(NamedTuple):
    """Bounds of a sentence in tokens, `end` exclusive."""

    start: int
    end: int


def sentence_of(doc: Doc, i: int) -> Sentence:
    """The sentence of token `i` (``Token.sent`` walks through the whole document each time)."""
    try:
        return doc.user_data["sentence index"][i]
    except KeyError:
        index = doc.user_data["sentence index"] = []
        starts = [*np.flatnonzero(doc.to_array(SENT_START) == YES).tolist(), len(doc)]
        for start, end in pairwise(starts):
            index += [Sentence(start, end)] * (end - start)
        return index[i]


def sentences_between(doc: Doc, start: int, end: int) -> Iterator[Sentence]:
    """The sentences that hold any of the tokens from `start` to `end`, in order."""
    while start < end:
        sentence = sentence_of(doc, start)
        yield sentence
        start = sentence.end


def _dateline(doc: Doc, texts: list[str]) -> int:
    """The token after "Sion (ARI) -", "28 janvier 2017 . –" at the head of a paragraph, or -1."""
    for i in range(1, min(12, len(texts))):
        if texts[i] in DASHES and doc[i - 1].whitespace_ and doc[i].whitespace_:
            plain = all(
                t.is_punct or t.text[:1].isupper() or t.like_num or t.lower_ in MONTHS
                for t in doc[:i]
            )
            return i + 1 if plain and i + 1 < len(texts) else -1
    return -1


def _swallows_stop(texts: list[str], i: int) -> bool:
    """ "140 km/h.", "à 9 h.": a stop the tokenizer took for part of an abbreviation."""
    word = texts[i].lower()
    if len(word) == 2:
        before = texts[i - 1] if i else ""
        return texts[i] == word and (before == "/" or before.isdigit())
    return len(word) > 2 and word not in ABBREVIATIONS


def _may_start(doc: Doc, texts: list[str], i: int) -> bool:
    """A capital, a digit or an opening mark; a closing mark belongs to the sentence before."""
    word = texts[i]
    if word in OPENERS:
        following = texts[i + 1] if i + 1 < len(texts) else None
        spaced = i > 0 and bool(doc[i - 1].whitespace_)
        return following is not None and spaced and not following[:1].islower()
    return word[:1].isupper() or word[:1].isdigit()
