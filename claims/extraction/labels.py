"""What the article calls a name: "la chaîne publique NBC", "X, un syndicat agricole"."""

from spacy.tokens import Doc, Token

from claims.extraction.folding import stem
from claims.extraction.lexicon import words
from claims.extraction.nouns import organisation_nouns
from claims.extraction.roles import Role

MARKS = {"«", '"', "“"}
REACH = 6  # tokens before a name


def called(doc: Doc, first: int, end: int) -> tuple[int, list[Role]]:
    """Where the name in an entity starts, and what it is called before or after it."""
    start = first
    roles = []
    if inside := labelled(doc, first, end):
        start = inside
        roles.append(_label(doc, first, start))
    else:
        for i in range(first - 1, max(0, first - REACH) - 1, -1):
            if doc[i].is_punct and doc[i].text not in MARKS:
                break
            if doc[i].lower_ in organisation_nouns():
                if labelled(doc, i, end) == first:
                    roles.append(_label(doc, i, first))
                break
    after = _apposed(doc, end)
    return start, [*roles, after] if after else roles


def labelled(doc: Doc, at: int, end: int) -> int | None:
    """Where the name after the common noun at `at` starts: "l'agence de presse [Belga]"."""
    if not is_label(doc[at]):
        return None
    i = at + 1
    while i < end:
        if doc[i].pos_ == "ADJ" and doc[i].text.islower():
            i += 1
        elif doc[i].lower_ in ("de", "d'", "non") and _is_common_noun(doc, i + 1, end):
            i += 2
        else:
            break
    while i < end and (doc[i].text in MARKS or doc[i].lower_ in ("internet", "web")):
        i += 1
    first = doc[i].text[:1] if i < end else ""
    return i if first.isupper() or first.isdigit() else None


def _is_common_noun(doc: Doc, i: int, end: int) -> bool:
    return i < end and doc[i].text.islower() and doc[i].pos_ in ("NOUN", "ADJ")


def is_label(token: Token) -> bool:
    """Whether a noun stands before names without being part of them: "l'ONG", "le site"."""
    low = token.lower_
    if low not in organisation_nouns() or low in words("part_of_names"):
        return False
    return token.text.islower() or token.text.isupper() or low in words("legal_forms")


def _label(doc: Doc, start: int, end: int) -> Role:
    modifiers = (t for t in doc[start + 1 : end] if t.pos_ in ("NOUN", "ADJ", "PROPN"))
    return Role(doc[start].lower_, frozenset(stem(t.lower_) for t in modifiers), start)


def _apposed(doc: Doc, end: int) -> Role | None:
    """ "X, un syndicat agricole", "X (une chaîne privée)", "X est une association"."""
    i = end + 1
    if i >= len(doc) or doc[end].text not in {",", "(", "est"}:
        return None
    while i < len(doc) and (doc[i].pos_ == "DET" or doc[i].lower_ in ("première", "premier")):
        i += 1
    if i >= len(doc) or doc[i].lower_ not in organisation_nouns():
        return None
    if i == end + 1 and doc[end].text == "est":
        return None
    stop = i + 1
    while stop < len(doc) and doc[stop].pos_ == "ADJ":
        stop += 1
    return _label(doc, i, stop)
