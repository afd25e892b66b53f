"""Acronyms and the names they stand for: "l'Union nationale (UNES)", "l'UE"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from spacy.tokens import Doc

from claims.extraction.entities import Entity
from claims.extraction.folding import fold
from claims.extraction.lexicon import load
from claims.extraction.wording import strip_article, written

IN_BRACKETS = re.compile(r"\(([A-ZÉ][\w&.-]{1,12})\)")
REACH = 120  # characters before a bracket


def defined_acronyms(doc: Doc) -> Iterator[tuple[str, str, int]]:
    """The acronyms in brackets after a name: the name, the acronym and the token of the bracket."""
    for match in IN_BRACKETS.finditer(doc.text):
        word = sum(c.isupper() for c in match[1]) < 2  # "Insee", or no acronym: "Isère"
        at = doc.char_span(match.start(), match.end(), alignment_mode="expand").start
        before = doc.text[max(0, match.start() - REACH) : match.start()]
        full = _expansion(before, match[1], strictly=word)
        if full is None and not word:
            full = _entity_before(doc, at)
        if full:
            yield full, match[1], at


def spelt_acronyms(organisations: Iterable[Entity]) -> list[tuple[str, str, int]]:
    """The acronyms that the initials of another name spell: "Union européenne", "UE"."""
    named = list(organisations)
    spelt = {}
    for entity in named:
        words = fold(strip_article(entity.name)).split()
        if entity.kind == "ORG" and len(words) > 1:
            spelt["".join(word[0] for word in words if len(word) > 3)] = entity.name
    return [
        (spelt[key], entity.name, entity.mentions[0])
        for entity in named
        if entity.name.isupper() and len(key := fold(entity.name)) > 1 and key in spelt
    ]


def known_acronyms(named: Mapping[str, Entity]) -> list[tuple[str, str, int]]:
    """Those that do not spell the name they stand for, "ONU" and "Nations unies"; `named` are the
    organisations by their folded names."""
    return [
        (named[full].name, named[acronym].name, named[acronym].mentions[0])
        for acronym, full in _known()
        if acronym in named and full in named
    ]


@cache
def _known() -> list[tuple[str, str]]:
    return [(fold(acronym), fold(full)) for acronym, full in load("acronyms").items()]


def _entity_before(doc: Doc, at: int) -> str | None:
    """The organisation named right before a bracket, whatever the acronym spells: "X (BTK)"."""
    start = at - 1
    while start > 0 and doc[start].ent_iob_ == "I" and doc[start].ent_type_ == "ORG":
        start -= 1
    return written(doc, start, at) if start < at - 1 and doc[start].ent_type_ == "ORG" else None


def _expansion(before: str, acronym: str, *, strictly: bool) -> str | None:
    """The name before "(ACRONYM)": from the word its first letter stands for; `strictly` only if
    its words spell the acronym."""
    found = list(re.finditer(r"[\w'’&-]+", before))
    letter = fold(acronym[0])
    best = None
    for match in reversed(found[-(len(acronym) + 8) :]):
        word = re.sub(r"^(?:[ldLD]|qu|Qu)['’]", "", match[0])
        offset = match.end() - len(word)
        if re.search(r"[.;:!?]\s", before[offset:]):
            break
        if fold(word[:1]) == letter and (word[:1].isupper()):
            best = before[offset:].strip()
            initials = [fold(w[0][0]) for w in re.finditer(r"[^\W\d_][\w’-]*", before[offset:])]
            if _spells(fold(acronym), initials):
                return best
    return None if strictly else best


def _spells(acronym: str, initials: list[str]) -> bool:
    at = 0
    for initial in initials:
        if at < len(acronym) and acronym[at] == initial:
            at += 1
    return at >= min(len(acronym), 3) or at == len(acronym)
