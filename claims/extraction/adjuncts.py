"""What may stand between a cue and what it reports without being part of it, or trail after it:
dates, adverbs, "sur Twitter", "dans un communiqué publié mardi"."""

from functools import cache

from spacy.tokens import Doc

from claims.extraction.clauses import QUE, has_finite, is_finite
from claims.extraction.document import lows
from claims.extraction.lexicon import load, words
from claims.extraction.noun_phrases import time_words
from claims.extraction.quoted import starting_at

DAY_PARTS = {"matin", "midi", "soir", "après-midi", "dernier", "dernière", "prochain", "prochaine"}
ABOUT = words("towards")
BETWEEN = {"VERB", "PUNCT", "NOUN"}  # not before the noun: "sur [l'état] des réseaux"
TOWARDS = {"à", "au", "aux", "auprès", "devant", "sur", "dans", "depuis", "via"}
LONGEST = 14  # tokens of an adjunct


@cache
def adverbials() -> dict[str, list[list[str]]]:
    """First word -> adverbs of several words that begin with it."""
    index: dict[str, list[list[str]]] = {}
    for phrase in load("settings")["adverbials"]:
        parts = phrase.replace("'", "' ").split()
        index.setdefault(parts[0], []).append(parts)
    return index


@cache
def occasions() -> frozenset[str]:
    return frozenset(load("settings")["occasions"].split())


def skip_adjuncts(doc: Doc, i: int, limit: int) -> int:
    """The first token from `i` on that is no adverb, date or phrase between commas."""
    while i < limit:
        after = _skip_one(doc, i, limit)
        if after == i:
            return i
        i = after
    return i


def _skip_one(doc: Doc, i: int, limit: int) -> int:
    token = doc[i]
    low = token.lower_
    for parts in adverbials().get(low, ()):
        if [t.lower_ for t in doc[i : i + len(parts)]] == parts:
            return i + len(parts)
    if token.pos_ == "ADV" and low not in {"que", "qu'", "ne", "n'", "comme"}:
        return i + 1
    if low in time_words() or low in DAY_PARTS:
        return _date_end(doc, i, limit)
    if low == "le" and i + 2 < limit and doc[i + 1].like_num and doc[i + 2].lower_ in time_words():
        return _date_end(doc, i + 1, limit)
    if (
        low in ("ce", "cette", "cet")
        and i + 1 < limit
        and (doc[i + 1].lower_ in DAY_PARTS or doc[i + 1].lower_ in time_words())
    ):
        return _date_end(doc, i + 1, limit)
    if token.text == ",":
        return _parenthesis_end(doc, i, limit)
    if low in TOWARDS and (after := _addressee_end(doc, i, limit)) is not None:
        return after
    if low in {"lui", "elle", "eux", "elles"} and i + 1 < limit and doc[i + 1].text == ",":
        return i + 1
    return i


def _addressee_end(doc: Doc, i: int, limit: int) -> int | None:
    """Past "à un proche", "sur Mastodon" where what is said begins right after it."""
    for j in range(i + 2, min(i + 9, limit)):
        token = doc[j]
        if token.lower_ in QUE or token.text == ":":
            return j
        if starting_at(doc, j) is not None:  # "demande au maire de « rester »" begins at "au"
            return None if doc[j - 1].lower_ in ("de", "d'") else j
        if token.lower_ in {"ne", "n'", "avoir", "être", "vouloir", "devoir", "pouvoir"}:
            return j
        if token.pos_ == "DET" and doc[j - 1].pos_ in ("NOUN", "PROPN"):
            return j
        if token.is_punct or is_finite(token):
            return None
    return None


def _date_end(doc: Doc, i: int, limit: int) -> int:
    while i < limit and (
        doc[i].lower_ in time_words()
        or doc[i].lower_ in DAY_PARTS
        or (doc[i].text.isdigit() and len(doc[i]) <= 2)
        or (doc[i].text.isdigit() and doc[i - 1].lower_ in time_words())
        or (doc[i].lower_ == "au" and i + 1 < limit and doc[i + 1].lower_ == "soir")
    ):
        i += 1
    return i


def _parenthesis_end(doc: Doc, i: int, limit: int) -> int:
    """Past ", …, " if it holds no verb of its own; `i` otherwise."""
    for j in range(i + 1, min(i + LONGEST, limit)):
        if doc[j].text == ",":
            return j + 1
        if is_finite(doc[j]) or doc[j].text in {":", "«", ";", '"', "“"}:
            return i
    return i


def trailing_start(doc: Doc, start: int, end: int) -> int:
    """Where a trailing "dans un communiqué …" begins in the tokens from `start`; `end` if none."""
    low_words = lows(doc)
    for i in range(end - 2, start, -1):
        low = low_words[i]
        if low == "," and i + 1 < end and has_finite(doc, i, end):
            return end
        if low in ABOUT and doc[i].pos_ == "ADP" and not has_finite(doc, i, end):
            noun = next(
                (j for j in range(i + 1, min(i + 7, end)) if doc[j].lower_ in occasions()), None
            )
            between = doc[i + 1 : noun] if noun is not None else ()
            if noun is not None and not any(t.pos_ in BETWEEN for t in between):
                return i - 1 if doc[i - 1].text == "," and i - 1 > start else i
    return end
