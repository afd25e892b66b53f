"""Where people are named: by the tagger, after a form of address, by a known first name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from claims.extraction.lexicon import load, words
from claims.extraction.roles import Role, is_role, noun_gender, roles_after, roles_before
from claims.extraction.sentences import sentence_of

PARTICLES = words("name_particles")
LAWYER = ("Me", "Maître")


@dataclass(frozen=True)
class NameMention:
    """A name where it stands; tokens, end exclusive."""

    start: int
    end: int
    text: str
    title: str
    roles: tuple[Role, ...]
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


def name_mentions(doc: Doc) -> Iterator[NameMention]:
    """The names of people in `doc`, in order, with what they are called there."""
    seen = -1
    for start, end in _name_spans(doc):
        if start < seen:
            continue
        seen = end
        title = doc[start - 1].text if start and doc[start - 1].text in titles() else ""
        roles = [*roles_before(doc, start), *roles_after(doc, end)]
        genders = [titles().get(title, ""), *(noun_gender(doc[role.at]) for role in roles)]
        if title in LAWYER:
            roles += [Role(noun, frozenset(), start) for noun in ("avocat", "avocate")]
        gender = next(filter(None, genders), "")
        yield NameMention(start, end, doc[start:end].text, title, tuple(roles), gender)


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
            while end < len(doc) and _is_name_word(doc[end]):
                end += 1
            bounds = _clean(doc, token.i + 1, end)
            if bounds:
                spans.append(bounds)
        elif token.i not in covered and _opens_name(doc, token.i):
            end = token.i + 2
            while end < len(doc) and doc[end].text[:1].isupper() and doc[end].is_alpha:
                end += 1
            spans.append((token.i, end))
            covered |= set(range(token.i, end))
    return sorted(spans)


def _opens_name(doc: Doc, i: int) -> bool:
    """Whether a full name the tagger missed begins at `i`: a known first name and a surname, or two
    capitalised words where a name is due ("le sélectionneur péruvien, Nelson Ibarra")."""
    if i + 1 >= len(doc) or not (_is_name_word(doc[i]) and _is_name_word(doc[i + 1])):
        return False
    if {doc[i].ent_type_, doc[i + 1].ent_type_} & {"ORG", "LOC"} or doc[i].text in titles():
        return False
    if doc[i].text in first_names():
        return True
    before = next((doc[j] for j in range(i - 1, max(i - 3, -1), -1) if doc[j].text != ","), None)
    if before is None or sentence_of(doc, i).start == i:
        return False
    return is_role(before.lower_) or (
        before.pos_ == "ADJ" and before.i > 0 and is_role(doc[before.i - 1].lower_)
    )


def _is_name_word(token: Token) -> bool:
    return (
        token.text[:1].isupper()
        and not token.text.isupper()
        and (token.is_alpha or "-" in token.text)
    )


def _clean(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Without titles, lower-case words around the name and stray marks."""
    while start < end and (
        doc[start].text in titles() or not doc[start].text[:1].isupper() or doc[start].pos_ == "DET"
    ):
        start += 1
    stop = start
    while stop < end and (
        doc[stop].text[:1].isupper()
        or doc[stop].lower_ in PARTICLES
        or doc[stop].text in "-'."
        or doc[stop - 1].text == "-"
    ):
        stop += 1
    while stop > start and not doc[stop - 1].text[:1].isupper() and doc[stop - 2].text != "-":
        stop -= 1
    return (start, stop) if start < stop else None
