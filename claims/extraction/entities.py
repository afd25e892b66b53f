"""Whom an article names: people, by all the forms of their name and the roles it gives them, and
organisations with their acronyms."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Token

from claims.extraction.lexicon import load, words
from claims.extraction.noun_phrases import LINKS, PLACES, extend_right
from claims.extraction.sentences import sentence_of

PARTICLES = words("name_particles")
ACRONYM = re.compile(r"[A-ZÉ][A-Z0-9ÉÈ&.-]{1,9}s?")
AGE = re.compile(r"\d+")


def fold(text: str) -> str:
    """Without case, accents and typographic apostrophes."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in text if not unicodedata.combining(c))


@dataclass
class Role:
    """What somebody is called: "le ministre tersanais des affaires étrangères"."""

    noun: str
    words: frozenset[str]
    at: int


@dataclass
class Entity:
    """A person or organisation the article names; `mentions` are token positions."""

    name: str
    kind: str
    gender: str = ""  # "m", "f" or "" where the article does not tell
    plural: bool = False
    aliases: set[str] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)


@dataclass
class Mention:
    """A name where it stands; tokens, end exclusive."""

    start: int
    end: int
    text: str
    title: str
    roles: list[Role]
    gender: str


@cache
def titles() -> dict[str, str]:
    """Form of address -> gender."""
    lexicon = load("titles")
    genders = {"masculine": "m", "feminine": "f", "neutral": ""}
    return {title: gender for key, gender in genders.items() for title in lexicon[key]}


@cache
def first_names() -> dict[str, str]:
    lexicon = load("first_names")
    return {name: key[0] for key in ("masculine", "feminine") for name in lexicon[key].split()}


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


def people(doc: Doc) -> list[Entity]:
    """The people `doc` names, each once, in order of first mention."""
    mentions = list(_name_mentions(doc))
    found: list[Entity] = []
    full = [m for m in mentions if " " in m.text]
    short = [m for m in mentions if " " not in m.text]
    for mention in full:
        entity = next((e for e in found if _same_name(e.name, mention.text)), None)
        if entity is None:
            entity = Entity(mention.text, "person")
            found.append(entity)
        elif len(mention.text) > len(entity.name):
            entity.name = mention.text
        _add(entity, mention)
    for mention in short:
        known = [e for e in found if fold(mention.text) in fold(e.name).split()]
        known = known or [e for e in found if mention.text in e.name]
        by_gender = [e for e in known if not mention.gender or e.gender in ("", mention.gender)]
        known = by_gender or known
        if not known:
            entity = Entity(mention.text, "person")
            found.append(entity)
        else:
            entity = known[0]
        _add(entity, mention)
    return sorted(found, key=lambda entity: min(entity.mentions))


def _same_name(a: str, b: str) -> bool:
    """One name is the other with more of it: "Poutine" and "Vladimir Poutine"."""
    x, y = fold(a).split(), fold(b).split()
    if x == y:
        return True
    return x[-1] == y[-1] and (set(x) <= set(y) or set(y) <= set(x))


def _add(entity: Entity, mention: Mention) -> None:
    entity.aliases.add(fold(mention.text))
    entity.mentions.append(mention.start)
    entity.roles += mention.roles
    first = mention.text.split()[0]
    entity.gender = entity.gender or mention.gender or first_names().get(first, "")


def _name_mentions(doc: Doc) -> Iterator[Mention]:
    seen = -1
    for start, end in _name_spans(doc):
        if start < seen:
            continue
        seen = end
        title = doc[start - 1].text if start and doc[start - 1].text in titles() else ""
        roles = [*_roles_before(doc, start), *_roles_after(doc, end)]
        gender = titles().get(title, "") or next((g for g in map(_gender_of(doc), roles) if g), "")
        yield Mention(start, end, doc[start:end].text, title, roles, gender)


def _name_spans(doc: Doc) -> list[tuple[int, int]]:
    spans = []
    for entity in doc.ents:
        if entity.label_ == "PER":
            bounds = _clean(doc, entity.start, entity.end)
            if bounds:
                spans.append(bounds)
    covered = {i for start, end in spans for i in range(start, end)}
    for token in doc:
        if token.text in titles() and token.i + 1 < len(doc) and token.i + 1 not in covered:
            end = token.i + 1
            while end < len(doc) and (
                doc[end].text[:1].isupper() and doc[end].is_alpha | ("-" in doc[end].text)
            ):
                end += 1
            bounds = _clean(doc, token.i + 1, end)
            if bounds:
                spans.append(bounds)
    return sorted(spans)


def _clean(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Without titles, lower-case words around the name and stray marks."""
    while start < end and (
        doc[start].text in titles() or not doc[start].text[:1].isupper() or doc[start].pos_ == "DET"
    ):
        start += 1
    stop = start
    while stop < end and (
        doc[stop].text[:1].isupper() or doc[stop].lower_ in PARTICLES or doc[stop].text in "-'."
    ):
        stop += 1
    while stop > start and not doc[stop - 1].text[:1].isupper():
        stop -= 1
    return (start, stop) if start < stop else None


def _roles_before(doc: Doc, start: int) -> list[Role]:
    """The role right before a name: "le ministre russe [de …,] M. X"."""
    i = start - 1
    if i >= 0 and doc[i].text in titles():
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
    limit = max(sentence_of(doc, start).start, start - 20)
    while i >= limit:
        token = doc[i]
        low = token.lower_
        starts = token.pos_ == "DET" or (low in ("du", "des") and not after_name)
        if starts and (i == limit or doc[i - 1].lower_ not in LINKS | PLACES):
            break
        if not (
            token.pos_ in ("NOUN", "ADJ", "PROPN", "DET", "NUM", "X")
            or low in LINKS | PLACES
            or token.pos_ == "CCONJ"
            or "-" in low
        ):
            break
        i -= 1
    role = role_of(doc, i + 1, last + 1)
    return [role] if role and not (after_name and doc[role.at - 1].lower_ == "du") else []


def _roles_after(doc: Doc, end: int) -> list[Role]:
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


def stem(word: str) -> str:
    """A word without its feminine and plural endings, to compare modifiers."""
    word = fold(word)
    for ending in ("iennes", "ienne", "iens", "ien"):
        if word.endswith(ending):
            return word[: -len(ending)] + "ien"
    for ending in ("aises", "aise", "ais", "oises", "oise", "ois"):
        if word.endswith(ending):
            return word[: -len(ending)] + ending[:3]
    return word.rstrip("s").removesuffix("e") if len(word) > 4 else word


def _gender_of(doc: Doc):
    def gender(role: Role) -> str:
        return noun_gender(doc[role.at])

    return gender


def noun_gender(token: Token) -> str:
    """ "m", "f" or "": by the article, else by the tagger."""
    for child in token.children:
        if child.i < token.i and child.lower_ in ("le", "un", "ce", "cet", "du", "au"):
            return "m"
        if child.i < token.i and child.lower_ in ("la", "une", "cette"):
            return "f"
    found = token.morph.get("Gender")
    return {"Masc": "m", "Fem": "f"}.get(found[0], "") if found else ""
