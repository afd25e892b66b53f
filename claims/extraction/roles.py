"""What people are called, before or after their name: "le ministre tersanais M. Oruz Belkan"."""

from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from claims.extraction.document import text_of
from claims.extraction.folding import stem
from claims.extraction.lexicon import load, people_nouns, words
from claims.extraction.noun_phrases import PREPOSITIONS, extend_right
from claims.extraction.offices import Office, office_of, place_of
from claims.extraction.sentences import sentence_of

FARTHEST = 20  # tokens before a name
INSIDE = {"NOUN", "ADJ", "PROPN", "DET", "NUM", "X", "CCONJ"}
MODIFIERS = {"NOUN", "ADJ", "PROPN", "X", "VERB"}
TITLES = words("titles")
EXACT = 2.0  # the likeness of the very noun the article uses for somebody
FORMER = ("ex-", "ancien-", "futur-")
PASSING = frozenset(
    map(stem, words("passing_modifiers"))
)  # "l'ancien ministre", "le nouveau maire"
COPULAS = words("copulas")
EITHER = ("iste", "logue", "crate", "naire")  # endings of nouns for men and women
CHOSEN = words("chosen")  # "élu maire"


class Role(NamedTuple):
    """A noun for a person with its modifiers, folded; `at` is the token of the noun."""

    noun: str
    words: frozenset[str]
    at: int
    nouns: frozenset[str] = frozenset()  # those of `words` that are nouns: "de la Santé"
    office: Office | None = None  # where noun and modifiers name a known one


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


@cache
def general_nouns() -> frozenset[str]:
    """Role nouns that may stand for a more special one: "élu"."""
    return frozenset(load("nouns")["general"]["nouns"])


def is_role(word: str) -> bool:
    """Whether `word` (lower case) names a person by what they are."""
    return word in families() or ("-" in word and _plain(word) in families())


def _plain(noun: str) -> str:
    """ "ministre" for "ex-ministre"."""
    for prefix in FORMER:
        noun = noun.removeprefix(prefix)
    return noun


def role_of(doc: Doc, start: int, end: int) -> Role | None:
    """The role that the tokens from `start` to `end` describe, if its noun is a person's."""
    for i in range(start, end):
        low = doc[i].lower_
        if is_role(low):
            noun = _plain(low)
            modifiers = {
                place_of(stem(_compound(doc, t.i))): t.pos_
                for t in doc[start:end]
                if t.i != i and t.pos_ in MODIFIERS and t.text != "-"
            }
            words = frozenset(modifiers) - PASSING
            nouns = frozenset(word for word in words if modifiers[word] in ("NOUN", "PROPN"))
            return Role(noun, words, i, nouns, office_of(noun, words))
        if doc[i].pos_ not in ("ADJ", "DET", "NUM", "ADV"):
            return None
    return None


def _compound(doc: Doc, i: int) -> str:
    """The word at `i`, lower case, with what a hyphen joins to it: "état-major"."""
    start, end = i, i + 1
    while start > 1 and doc[start - 1].text == "-" and not doc[start - 2].whitespace_:
        start -= 2
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end].whitespace_:
        end += 2
    return text_of(doc, start, end).lower() if end - start > 1 else doc[i].lower_


def likeness(asked: Role, given: Role) -> float:
    """How well one role says another: from 0 for "not at all"; EXACT and more for the same noun or
    office. Modifiers that are shared count for it, modifiers that clash against."""
    words, others = asked.words, given.words
    if asked.office and given.office and asked.office.name == given.office.name:
        score = EXACT
        words, others = words - asked.office.words, others - given.office.words
    elif _base(asked.noun) == _base(given.noun):
        score = EXACT
    elif _same_family(asked, given):
        score = 1.0
    else:
        return 0.0
    shared = words & others
    if words and not shared:
        if _clash(asked, given, words, others):
            return 0.0
        score -= 0.5
    return score + len(shared) - 0.25 * len(words - others)


@cache
def _base(noun: str) -> str:
    """The same for a man and a woman: "candidat" and "candidate", "directeur" and "directrice"."""
    for feminine, masculine in (("trice", "teur"), ("euse", "eur"), ("ère", "er"), ("sse", "")):
        if noun.endswith(feminine):
            return stem(noun.removesuffix(feminine) + masculine)
    return stem(noun)


def _same_family(asked: Role, given: Role) -> bool:
    """Whether one noun is a general one for the other: "élu" for "maire"."""
    if general_nouns().isdisjoint((asked.noun, given.noun)):
        return False
    return given.noun in families().get(asked.noun, ())


def _clash(asked: Role, given: Role, words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two roles tell of different things: "le ministre de l'Intérieur" is not "le ministre
    de la Santé", nor the "président russe" the "président américain"."""
    if _base(asked.noun) == _base(given.noun) and asked.office and given.office:
        return True
    things = bool(words & asked.nouns) and bool(others & given.nouns)
    adjectives = bool(words - asked.nouns) and bool(others - given.nouns)
    return things or (adjectives and not others & given.nouns)


def roles_before(doc: Doc, start: int) -> list[Role]:
    """The role right before a name: "le ministre russe [de …,] M. X"."""
    i = start - 1
    if i >= 0 and doc[i].text in TITLES:
        i -= 1
    if i >= 0 and doc[i].text == ",":
        i -= 1
    if i >= 0 and doc[i].text == ")":
        while i >= 0 and doc[i].text != "(":
            i -= 1
        i -= 1
    last = i
    if last < 0 or doc[last].lower_ in PREPOSITIONS:  # "l'épouse de X" is not X
        return []
    # "l'envoyé du président X M. Y": the name right before belongs to the inner role.
    after_name = doc[i].ent_type_ == "PER"
    limit = max(sentence_of(doc, start).start, start - FARTHEST)
    while i >= limit:
        token = doc[i]
        low = token.lower_
        starts = token.pos_ == "DET" or (low in ("du", "des") and not after_name)
        starts = starts and (i == limit or doc[i - 1].lower_ not in PREPOSITIONS)
        if starts and not (low in ("du", "des") and _is_complement(doc, i, last)):
            break
        inside = token.pos_ in INSIDE or low in PREPOSITIONS or "-" in low or is_role(low)
        if not inside:
            break
        i -= 1
    if i > limit and doc[i].text == "," and doc[i - 1].ent_type_ == "PER":
        return []  # "Y, présidente de la fondation X": the role is that of Y
    role = role_of(doc, i + 1, last + 1)
    return [role] if role and not (after_name and doc[role.at - 1].lower_ == "du") else []


def _is_complement(doc: Doc, i: int, last: int) -> bool:
    """Whether "du" at `i` opens a complement, not a role: "président [du Conseil] X"."""
    inner = role_of(doc, i + 1, last + 1)
    if inner is None:
        return i > 0 and doc[i - 1].pos_ in ("NOUN", "PROPN", "ADJ")
    outer = i > 0 and is_role(doc[i - 1].lower_)
    return outer and inner.noun in load("nouns")["organisations"]["nouns"]


def roles_after(doc: Doc, end: int) -> list[Role]:
    """The apposition right after a name, or what a verb makes of it: "X, président de …", "X (maire
    de …)", "X, 41 ans, avocat", "X est le maire", "X a été élu maire"."""
    sentence = sentence_of(doc, end - 1)
    if end + 1 >= sentence.end:
        return []
    i = _past_copula(doc, end, sentence.end)
    if doc[end].text in {",", "("}:
        i = end + 1
        if i + 3 < sentence.end and doc[i].pos_ == "NUM" and doc[i + 1].lower_ == "ans":
            i += 3
    if i is None:
        return []
    if doc[i].pos_ == "DET":
        i += 1
    noun = next((j for j in range(i, min(i + 3, sentence.end)) if is_role(doc[j].lower_)), None)
    if noun is None:
        return []
    role = role_of(doc, i, extend_right(doc, noun, sentence.end))
    return [role] if role else []


def _past_copula(doc: Doc, i: int, limit: int) -> int | None:
    """Where what somebody is begins, after "est" or "a été élu"."""
    start = i
    while i < limit - 1 and doc[i].lower_ in COPULAS:
        i += 1
    if i < limit - 1 and doc[i].lower_ in CHOSEN:
        return i + 1
    copula = i > start and doc[i - 1].lower_ not in ("a", "ont", "avait")
    return i if copula and doc[i].pos_ in ("DET", "NOUN", "ADJ") else None


def noun_gender(token: Token) -> str:
    """ "m", "f" or "": by the article, else by the tagger, where the noun has two forms."""
    for child in token.children:
        if child.i < token.i and child.lower_ in ("le", "un", "ce", "cet", "du", "au"):
            return "m"
        if child.i < token.i and child.lower_ in ("la", "une", "cette"):
            return "f"
    low = token.lower_
    if low + "e" in people_nouns() or low.endswith("eur"):  # "délégué", whatever the tagger says
        return "m"
    found = token.morph.get("Gender")
    if not found or (found[0] == "Masc" and token.lower_.endswith("e")):  # "l'hydrologue"
        return ""
    if low.endswith(EITHER) or (found[0] == "Fem" and low.endswith("e") and not _is_feminine(low)):
        return ""
    return {"Masc": "m", "Fem": "f"}.get(found[0], "")


def _is_feminine(noun: str) -> bool:
    """Whether a noun in "-e" is the feminine of another: "l'élue", but not "l'édile"."""
    return noun[:-1] in people_nouns() or _base(noun) != stem(noun) or not is_role(noun)
