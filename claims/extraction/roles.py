"""What people are called, before or after their name: "le ministre tersanais M. Oruz Belkan"."""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from claims.extraction.folding import stem
from claims.extraction.lexicon import load, words
from claims.extraction.noun_phrases import LINKS, PLACES, extend_right
from claims.extraction.sentences import sentence_of

FARTHEST = 20  # tokens before a name
INSIDE = {"NOUN", "ADJ", "PROPN", "DET", "NUM", "X", "CCONJ"}


@dataclass(frozen=True)
class Role:
    """A noun for a person with its modifiers, folded; `at` is the token of the noun."""

    noun: str
    words: frozenset[str]
    at: int


@cache
def families() -> dict[str, frozenset[str]]:
    """Role noun -> the nouns that may stand for the same person."""
    found: dict[str, set[str]] = {}
    for nouns in load("nouns")["families"].values():
        for noun in nouns:
            found.setdefault(noun, set()).update(nouns)
    other = set(load("nouns")["families"]["other"])
    return {
        noun: frozenset({noun} if noun in other and group <= other else group)
        for noun, group in found.items()
    }


def is_role(word: str) -> bool:
    """Whether `word` (lower case) names a person by what they are."""
    return word in families()


def role_of(doc: Doc, start: int, end: int) -> Role | None:
    """The role that the tokens from `start` to `end` describe, if its noun is a person's."""
    for i in range(start, end):
        low = doc[i].lower_
        if is_role(low):
            words = frozenset(
                stem(t.lower_)
                for t in doc[start:end]
                if t.i != i and t.pos_ in ("NOUN", "ADJ", "PROPN", "X", "VERB")
            )
            return Role(low, words, i)
        if doc[i].pos_ not in ("ADJ", "DET", "NUM", "ADV"):
            return None
    return None


def roles_before(doc: Doc, start: int) -> list[Role]:
    """The role right before a name: "le ministre russe [de …,] M. X"."""
    i = start - 1
    if i >= 0 and doc[i].text in words("titles"):
        i -= 1
    if i >= 0 and doc[i].text == ",":
        i -= 1
    if i >= 0 and doc[i].text == ")":
        while i >= 0 and doc[i].text != "(":
            i -= 1
        i -= 1
    last = i
    # "l'envoyé du président X M. Y": the name right before belongs to the inner role.
    after_name = i >= 0 and doc[i].ent_type_ == "PER"
    limit = max(sentence_of(doc, start).start, start - FARTHEST)
    while i >= limit:
        token = doc[i]
        low = token.lower_
        starts = token.pos_ == "DET" or (low in ("du", "des") and not after_name)
        if starts and (i == limit or doc[i - 1].lower_ not in LINKS | PLACES):
            break
        if token.pos_ not in INSIDE and low not in LINKS | PLACES and "-" not in low:
            break
        i -= 1
    role = role_of(doc, i + 1, last + 1)
    return [role] if role and not (after_name and doc[role.at - 1].lower_ == "du") else []


def roles_after(doc: Doc, end: int) -> list[Role]:
    """The apposition right after a name: "X, président de …"."""
    if end + 1 >= len(doc) or doc[end].text not in {",", "("}:
        return []
    i = end + 1
    if doc[i].pos_ == "DET":
        i += 1
    if i >= len(doc):
        return []
    noun = next((j for j in range(i, min(i + 3, len(doc))) if is_role(doc[j].lower_)), None)
    if noun is None:
        return []
    role = role_of(doc, i, extend_right(doc, noun, sentence_of(doc, noun).end))
    return [role] if role else []


def noun_gender(token: Token) -> str:
    """ "m", "f" or "": by the article, else by the tagger."""
    for child in token.children:
        if child.i < token.i and child.lower_ in ("le", "un", "ce", "cet", "du", "au"):
            return "m"
        if child.i < token.i and child.lower_ in ("la", "une", "cette"):
            return "f"
    found = token.morph.get("Gender")
    return {"Masc": "m", "Fem": "f"}.get(found[0], "") if found else ""
