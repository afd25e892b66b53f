"""Sentence boundaries of a tokenized paragraph, set before it is parsed.

Rules beat the parser here: they see the abbreviation in "M. Macron" and the closing mark that
belongs to the sentence before it. The parser keeps the boundaries it is given.
"""

from typing import NamedTuple

from spacy.tokens import Doc, Token

from claims.extraction.lexicon import load, words

MONTHS = frozenset(load("calendar")["months"]) | {"er", "de"}
TERMINAL = {".", "!", "?", "…", "...", "?!", "!?", "!!", "etc."}
CLOSERS = {"»", "”", '"', "'", ")", "]", "’"}
ABBREVIATIONS = words("abbreviations")
OPENERS = {"«", "“", '"', "(", "[", "—", "–", "-", "'", "‘"}


def set_sentence_starts(doc: Doc) -> Doc:
    """Set ``is_sent_start`` on every token of one paragraph."""
    ended = False
    depth = 0
    dateline = _dateline(doc)
    for token in doc:
        starts = token.i == dateline or token.i == 0 or (ended and depth == 0 and _may_start(token))
        token.is_sent_start = starts
        if starts:
            depth = 0
        depth += (token.text == "(") - (token.text == ")" and depth > 0)
        if token.text in TERMINAL or _swallows_stop(token):
            ended = True
        elif starts or not (ended and token.text in CLOSERS):
            ended = token.is_space and ended
    return doc


class Sentence(NamedTuple):
    """Bounds of a sentence in tokens, `end` exclusive."""

    start: int
    end: int


def sentence_of(doc: Doc, i: int) -> Sentence:
    """The sentence of token `i` (``Token.sent`` walks through the whole document each time)."""
    index = doc.user_data.get("sentence index")
    if index is None:
        index = []
        for sent in doc.sents:
            index += [Sentence(sent.start, sent.end)] * (sent.end - sent.start)
        doc.user_data["sentence index"] = index
    return index[i]


def _dateline(doc: Doc) -> int:
    """The token after "Sion (ARI) -", "28 janvier 2017 . –" at the head of a paragraph, or -1."""
    for token in doc[1:12]:
        if token.text in {"-", "–", "—"} and token.nbor(-1).whitespace_ and token.whitespace_:
            before = doc[: token.i]
            plain = all(
                t.is_punct or t.text[:1].isupper() or t.like_num or t.lower_ in MONTHS
                for t in before
            )
            return token.i + 1 if plain and token.i + 1 < len(doc) else -1
    return -1


def _swallows_stop(token: Token) -> bool:
    """ "140 km/h.": a stop the tokenizer took for part of an abbreviation."""
    text = token.text
    return len(text) > 2 and text.endswith(".") and text.lower() not in ABBREVIATIONS


def _may_start(token: Token) -> bool:
    """A capital, a digit or an opening mark; a closing mark belongs to the sentence before."""
    text = token.text
    if text in CLOSERS and text not in OPENERS:
        return False
    if text in OPENERS:
        following = token.nbor() if token.i + 1 < len(token.doc) else None
        spaced = token.i > 0 and bool(token.nbor(-1).whitespace_)
        return following is not None and spaced and not following.text[:1].islower()
    return text[:1].isupper() or text[:1].isdigit()
