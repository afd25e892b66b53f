"""Where people are named: by the tagger, after a form of address, by a known first name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from spacy.attrs import IS_ALPHA, IS_LOWER, ORTH
from spacy.tokens import Doc, Token

from claims.extraction.lexicon import load, words
from claims.extraction.roles import Role, is_role, noun_gender, roles_after, roles_before
from claims.extraction.sentences import sentence_of

PARTICLES = words("name_particles")
PREFIXES = words("name_prefixes")
BEFORE = words("before_names")
LAWYER = ("Me", "Maître")
INITIAL = re.compile(r"[A-ZÉ]\.")


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
def first_names() -> frozenset[str]:
    """First names that open a full name wherever they stand."""
    lexicon = load("first_names")
    return frozenset(f"{lexicon['masculine']} {lexicon['feminine']}".split())


@cache
def _genders() -> dict[str, str]:
    lexicon = load("first_names")
    tables = (lexicon["gender_only"], lexicon)  # what both list is as the second has it
    return {
        name: key[0]
        for table in tables
        for key in ("masculine", "feminine")
        for name in table[key].split()
    }


def gender_of_first_name(name: str) -> str:
    """ "m", "f" or "" where it tells nothing; that of "Jean-Robert" is that of "Jean"."""
    return _genders().get(name) or _genders().get(name.split("-")[0], "")


def name_mentions(doc: Doc) -> Iterator[NameMention]:
    """The names of people in `doc`, in order, with what they are called there."""
    seen = -1
    for start, end in _name_spans(doc):
        if start < seen:
            continue
        seen = end
        title = doc[start - 1].text if start and doc[start - 1].text in titles() else ""
        roles = [*roles_before(doc, start), *roles_after(doc, end)]
        gender = titles().get(title, "") or _gender(doc, start, roles)
        if title in LAWYER:
            roles += [Role(noun, frozenset(), start) for noun in ("avocat", "avocate")]
        yield NameMention(start, end, doc[start:end].text, title, tuple(roles), gender)


def _gender(doc: Doc, start: int, roles: list[Role]) -> str:
    """By a feminine role, the first name, a masculine role: "le docteur Anne X" is a woman."""
    by_role = [noun_gender(doc[role.at]) for role in roles]
    if "f" in by_role:
        return "f"
    return gender_of_first_name(doc[start].text) or ("m" if "m" in by_role else "")


def _name_spans(doc: Doc) -> list[tuple[int, int]]:
    spans = []
    for entity in doc.ents:
        if entity.label_ == "PER":
            bounds = _clean(doc, entity.start, entity.end)
            if bounds and _is_name(doc, *bounds):
                spans.append(bounds)
    covered = {i for start, end in spans for i in range(start, end)}
    for i in _capitals_and_titles(doc):
        token = doc[i]
        if i in covered:
            continue
        if token.text in titles():
            bounds = _after_title(doc, i + 1, covered)
        elif token.text[:1].isupper() and _opens_name(doc, i):
            bounds = i, _name_end(doc, i + 1)
        else:
            continue
        if bounds:
            spans.append(bounds)
            covered.update(range(*bounds))
    return sorted(spans)


def _capitals_and_titles(doc: Doc) -> list[int]:
    """The words where a name the tagger missed may begin (no token is looked at: it costs)."""
    lower, word, orth = doc.to_array([IS_LOWER, IS_ALPHA, ORTH]).T
    strings = doc.vocab.strings
    known = [strings[title] for title in titles() if title in strings]
    return np.flatnonzero(((lower == 0) & (word == 1)) | np.isin(orth, known)).tolist()


def _after_title(doc: Doc, start: int, covered: set[int]) -> tuple[int, int] | None:
    """The name after a form of address: "Mme [de Courcy]", "M. [DURAND]"."""
    if start >= len(doc) or start in covered:
        return None
    first = start + 1 if doc[start].lower_ in PARTICLES else start
    end = first
    while end < len(doc) and (_is_name_word(doc[end]) or doc[end].text.isupper()):
        end += 1
    return (start, end) if end > first else None


def _name_end(doc: Doc, end: int) -> int:
    """Past the capitalised words after a first name, with what joins them."""
    if doc[end].lower_ in PARTICLES:
        end += 1
    while end < len(doc) and (
        _is_name_word(doc[end]) or (doc[end].text == "-" and not doc[end - 1].whitespace_)
    ):
        end += 1
    return end


def _opens_name(doc: Doc, i: int) -> bool:
    """Whether a full name the tagger missed begins at `i`: a known first name and a surname, or two
    capitalised words where a name is due ("le sélectionneur péruvien, Nelson Ibarra")."""
    particle = i + 2 < len(doc) and doc[i + 1].lower_ in PARTICLES and doc[i].text in first_names()
    second = i + 2 if particle else i + 1
    if second >= len(doc) or not (_is_name_word(doc[i]) and _is_name_word(doc[second])):
        return False
    if doc[i].text in titles() or doc[i + 1].text in titles():
        return False
    starts = sentence_of(doc, i).start == i
    before = None if starts else doc[i - 1]
    if doc[i].ent_type_ in ("ORG", "LOC"):
        # The name of an institution or a street may hold a person's; one beside a role does not.
        if doc[i].ent_iob_ == "I" and before is not None and before.text != ",":
            return False
        if before is not None and before.text == "," and _is_role_at(doc, i - 2):
            return bool(gender_of_first_name(doc[i].text))
        due = starts or before.text == "," or _is_role_at(doc, i - 1)
        return due and doc[i].text in first_names()
    if doc[i].text in first_names():
        return True
    comma = before is not None and before.text == ","
    return before is not None and _is_role_at(doc, i - 1 - comma)


def _is_role_at(doc: Doc, i: int) -> bool:
    """Whether a role ends at `i`: "le sélectionneur", "le sélectionneur péruvien"."""
    return i >= 0 and (
        is_role(doc[i].lower_) or (doc[i].pos_ == "ADJ" and i > 0 and is_role(doc[i - 1].lower_))
    )


def _is_name_word(token: Token) -> bool:
    return (
        token.text[:1].isupper()
        and not token.text.isupper()
        and (token.is_alpha or "-" in token.text)
    )


def _is_name(doc: Doc, start: int, end: int) -> bool:
    """Whether what the tagger took for a name may be one: no figure in it, no pronoun."""
    if any(token.text[0].isdigit() for token in doc[start:end]):
        return False
    return end - start > 1 or not (doc[start].is_stop or doc[start].text.endswith("'"))


def _clean(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Without titles and roles, lower-case words around the name and stray marks."""
    for i in range(end - 1, start, -1):  # "l'évêque de Tarsel Mgr Paul Diarra"
        if doc[i - 1].text in titles():
            start = i
            break
    if end - start > 3 and doc[start].pos_ == "NOUN" and doc[start + 1].lower_ == "de":
        # "Réponse de Paul Garnier"
        start += 0 if gender_of_first_name(doc[start].text) else 2
    if is_role(doc[start].lower_):  # "Président du Conseil italien Matteo Renzi"
        plain = [i for i in range(start, end) if doc[i].text.islower()]
        start = plain[-1] + 1 if plain and plain[-1] + 1 < end else start
    while start < end and (
        doc[start].text in titles()
        or not (doc[start].text[:1].isupper() or _is_prefix(doc, start, end))
        or doc[start].pos_ == "DET"
        or doc[start].lower_ in BEFORE
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
    if start == stop:
        return None
    if stop < len(doc) and INITIAL.fullmatch(doc[stop].text) and not _is_title_at(doc, stop):
        stop += 1  # "Hatidza M."
    return start, stop


def _is_prefix(doc: Doc, i: int, end: int) -> bool:
    """ "al" in "al-Abadi"."""
    return i + 2 < end and doc[i].lower_ in PREFIXES and doc[i + 1].text == "-"


def _is_title_at(doc: Doc, i: int) -> bool:
    """Whether "M." at `i` is a form of address: a name follows."""
    return i + 1 < len(doc) and doc[i + 1].text[:1].isupper()
