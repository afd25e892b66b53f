"""How far a noun phrase reaches to the right of its head: its complements, a name beside it."""

import re
from functools import cache

from spacy.tokens import Doc, Token

from claims.extraction.document import text_of
from claims.extraction.lexicon import load, words

LINKS = words("links")
PLACES = words("places")
PREPOSITIONS = LINKS | PLACES
TITLES = words("titles")
FIXED_PAIRS = {"en": {"chef", "second"}}  # "rédacteur en chef"
INSIDE = {"NOUN", "PROPN", "ADJ", "NUM", "DET", "X"}
APPOSED = {"DET", "NOUN", "PROPN", "ADJ"}
MARKS = {"«", "»", '"', "“", "”"}
ACRONYM = re.compile(r"[A-ZÉ][A-ZÉ&-]+")
NEAR = 8  # tokens


@cache
def time_words() -> frozenset[str]:
    """Words that open a date rather than a name: "mardi", "hier"."""
    lexicon = load("calendar")
    return frozenset([*lexicon["weekdays"], *lexicon["months"], *lexicon["moments"]])


def extend_right(doc: Doc, head: int, limit: int) -> int:
    """One past the last token of the phrase whose head is `head`, no further than `limit`."""
    i = head + 1
    while i < limit and (after := _step(doc, i, head, limit)) > i:
        i = after
    while i - 1 > head and _dangles(doc[i - 1]):
        i -= 1
    return i


def _step(doc: Doc, i: int, head: int, limit: int) -> int:
    """Past token `i` if it belongs to the phrase of `head`; `i` itself if it does not."""
    token = doc[i]
    low = token.lower_
    if low in time_words():
        return i
    if token.is_space or _is_participle(token, head):
        return i + 1
    if low in LINKS or (low in PLACES and _names_after(doc, i, head, limit)):
        return i + 1 if _continues(doc, i + 1, limit) else i
    if token.pos_ == "CCONJ" and _joins(doc, i, head, limit):
        return i + 1
    if token.text == "(":
        return _bracket_end(doc, i, limit)
    if low in FIXED_PAIRS and i + 1 < limit and doc[i + 1].lower_ in FIXED_PAIRS[low]:
        return i + 2
    if token.text in TITLES or _is_name_part(doc, i):
        return i + 1
    if token.pos_ not in INSIDE or token.text in MARKS or low.startswith("-"):
        return i
    before = doc[i - 1]
    governed = before.lower_ in PREPOSITIONS or before.pos_ == "CCONJ"
    return i + 1 if token.pos_ != "DET" or governed else i


def _continues(doc: Doc, i: int, limit: int) -> bool:
    """Whether a preposition is followed by more of the phrase, white space aside."""
    if i < limit and doc[i].is_space:
        i += 1
    return i < limit and (doc[i].pos_ in INSIDE or doc[i].text[:1].isupper())


def _dangles(token: Token) -> bool:
    return token.is_space or token.lower_ in PREPOSITIONS or token.pos_ in ("CCONJ", "DET")


def _bracket_end(doc: Doc, i: int, limit: int) -> int:
    """Past "(UNES)", or a bracket inside a name; `i` at a party or an age."""
    close = next((j for j in range(i + 1, min(i + NEAR, limit)) if doc[j].text == ")"), None)
    if close is None:
        return i
    inside_name = close + 1 < limit and doc[close + 1].pos_ == "PROPN"
    acronym = ACRONYM.fullmatch(text_of(doc, i + 1, close)) is not None
    return close + 1 if acronym or inside_name else i


def _is_name_part(doc: Doc, i: int) -> bool:
    """A word the tagger mistook inside a name: "le syndicat Paysans [debout]", "Ji[-won]"."""
    token = doc[i]
    if token.text == "-" and not doc[i - 1].whitespace_:
        return True
    return bool(token.ent_type_) and token.ent_iob_ == "I"


def _is_participle(token: Token, head: int) -> bool:
    """ "un responsable interrogé": a past participle right after its noun."""
    return (
        token.pos_ == "VERB"
        and token.dep_ in ("acl", "amod")
        and head <= token.head.i < token.i
        and "Part" in token.morph.get("VerbForm")
        and "Pres" not in token.morph.get("Tense")
    )


def _names_after(doc: Doc, i: int, head: int, limit: int) -> bool:
    """ "agent à Moscou M. Foreman", "ministre à l'Égalité": the place belongs to the role."""
    if doc[head].pos_ == "PROPN" or doc[head].ent_type_ == "PER":
        return False
    for j in range(i + 1, min(i + NEAR, limit)):
        if doc[j].ent_type_ == "PER" or doc[j].text in TITLES:
            return True
        if doc[j].is_punct or doc[j].pos_ == "VERB":
            break
    named = next((doc[j] for j in range(i + 1, min(i + 4, limit)) if doc[j].pos_ != "DET"), None)
    target = doc[i].head
    return (
        named is not None
        and named.text[:1].isupper()
        and head <= target.head.i < i
        and target.dep_ == "nmod"
    )


def _joins(doc: Doc, i: int, head: int, limit: int) -> bool:
    """ "démocrates et républicains", "la NASA et le CIP"."""
    if i + 1 >= limit or doc[i + 1].pos_ not in APPOSED:
        return False
    target = doc[i + 1].head if doc[i + 1].pos_ == "DET" else doc[i + 1]
    return target.dep_ == "conj" and head <= target.head.i < i
