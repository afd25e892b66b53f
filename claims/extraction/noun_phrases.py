"""How far a mention reaches: a noun phrase as written, with titles and appositions that name.

Relative clauses, ages and party brackets are left out, as the gold articles do.
"""

import re

from spacy.tokens import Doc

from claims.extraction.lexicon import load, words

ARTICLES = words("articles")
LINKS = words("links")
PLACES = words("places")
INSIDE = {"NOUN", "PROPN", "ADJ", "NUM", "DET", "X"}
MARKS = {"«", "»", '"', "“", "”"}
ACRONYM = re.compile(r"[A-Z][A-Za-z&-]*[A-Z][A-Za-z]*")


def time_words() -> set[str]:
    """Words that open a date rather than a name: "mardi", "hier"."""
    lexicon = load("calendar")
    return {*lexicon["weekdays"], *lexicon["months"], *lexicon["moments"]}


def extend_right(doc: Doc, head: int, limit: int) -> int:
    """One past the last token of the phrase whose head is `head`, no further than `limit`."""
    i = head + 1
    while i < limit:
        token = doc[i]
        low = token.lower_
        if low in time_words():
            break
        if _is_participle_phrase(doc, i, head, limit):
            i += 1
            continue
        if low in LINKS or (low in PLACES and _names_after(doc, i, head, limit)):
            if i + 1 < limit and (doc[i + 1].pos_ in INSIDE or doc[i + 1].text[:1].isupper()):
                i += 1
                continue
            break
        if token.pos_ == "CCONJ" and _joins(doc, i, head, limit):
            i += 1
            continue
        if token.text == "(":
            close = next((j for j in range(i + 1, min(i + 8, limit)) if doc[j].text == ")"), None)
            if close is None:
                break
            after = doc[close + 1] if close + 1 < limit else None
            if ACRONYM.fullmatch(doc[i + 1 : close].text) and doc[i + 1 : close].text.isupper():
                i = close + 1
                continue
            if after is not None and after.pos_ == "PROPN":
                i = close + 1
                continue
            break
        if token.text in MARKS:
            if _quoted_name(doc, i, limit):
                i += 1
                continue
            break
        if low in ("-il", "-elle", "-on") or token.pos_ not in INSIDE:
            break
        if (
            token.pos_ == "DET"
            and doc[i - 1].lower_ not in LINKS | PLACES
            and doc[i - 1].pos_ != "CCONJ"
        ):
            break
        i += 1
    while i - 1 > head and (
        doc[i - 1].lower_ in LINKS | PLACES or doc[i - 1].pos_ in ("CCONJ", "DET")
    ):
        i -= 1
    return i


def _is_participle_phrase(doc: Doc, i: int, head: int, limit: int) -> bool:
    """ "un responsable interrogé": a participle right after its noun."""
    token = doc[i]
    return (
        token.pos_ == "VERB"
        and token.dep_ in ("acl", "amod")
        and head <= token.head.i < i
        and "Part" in token.morph.get("VerbForm")
        and "Pres" not in token.morph.get("Tense")
    )


def _names_after(doc: Doc, i: int, head: int, limit: int) -> bool:
    """ "agent à Moscou M. Foreman", "ministre à l'Égalité": the place belongs to the role."""
    if doc[head].pos_ == "PROPN" or doc[head].ent_type_ == "PER":
        return False
    for j in range(i + 1, min(i + 8, limit)):
        if doc[j].ent_type_ == "PER" or doc[j].text in ("M.", "Mme", "Me"):
            return True
        if doc[j].is_punct or doc[j].pos_ == "VERB":
            break
    target = doc[i].head
    return head <= target.head.i < i and target.dep_ == "nmod"


def _joins(doc: Doc, i: int, head: int, limit: int) -> bool:
    """ "démocrates et républicains", "la NASA et le CIP"."""
    if i + 1 >= limit:
        return False
    following = doc[i + 1]
    if following.pos_ in ("NOUN", "PROPN", "ADJ", "DET"):
        target = following if following.pos_ != "DET" else following.head
        return target.dep_ == "conj" and head <= target.head.i < i
    return False


def _quoted_name(doc: Doc, i: int, limit: int) -> bool:
    """A short name in quotation marks inside a phrase."""
    return False


def extend_left(doc: Doc, head: int, limit: int) -> int:
    """The first token of the phrase whose head is `head`, no further left than `limit`."""
    i = head
    while i > limit:
        before = doc[i - 1]
        low = before.lower_
        if before.text in MARKS or before.is_punct:
            break
        child = before.head.i == head or before.head.i in range(i, head + 1)
        if low in ARTICLES and low not in ("de", "d'") and before.pos_ != "PRON":
            i -= 1
            if before.pos_ in ("DET", "ADP") and low not in ("deux", "trois", "quatre"):
                if i > limit and doc[i - 1].lower_ in ("tous", "toutes"):
                    i -= 1
                break
            continue
        if (
            child
            and before.pos_ in ("ADJ", "NUM", "DET", "PROPN", "NOUN")
            and before.dep_ != "conj"
        ):
            i -= 1
            continue
        break
    return i


def appositions(doc: Doc, end: int, limit: int) -> int:
    """Where the phrase that ends at `end` ends with its appositions: ", la présidente de …"."""
    while end + 1 < limit and doc[end].text == ",":
        i = end + 1
        first = doc[i]
        if first.lower_ in time_words() or first.pos_ in (
            "NUM",
            "PRON",
            "VERB",
            "AUX",
            "ADV",
            "CCONJ",
        ):
            break
        if first.pos_ == "DET" and first.lower_ not in (
            "le",
            "la",
            "l'",
            "les",
            "un",
            "une",
            "son",
            "sa",
            "leur",
        ):
            break
        if first.pos_ not in ("DET", "NOUN", "PROPN", "ADJ"):
            break
        noun = next(
            (j for j in range(i, min(i + 5, limit)) if doc[j].pos_ in ("NOUN", "PROPN")), None
        )
        if noun is None:
            break
        after = extend_right(doc, noun, limit)
        closes = (
            after >= limit
            or doc[after].text in {",", ".", ":", "»", '"', ";", "(", "”"}
            or (doc[after].lower_ in ("qui", "dont", "où"))
        )
        if not closes:
            break
        if after < limit and doc[after].text == "," and _is_list(doc, end, after, limit):
            break
        end = after
    return end


def _is_list(doc: Doc, end: int, after: int, limit: int) -> bool:
    return False
