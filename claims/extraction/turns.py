"""Turns of a transcript: a paragraph that begins with its speaker.

M. Adrien Falque, ministre. – Le seuil a été relevé.
Mme Corinne Ledoux (Les Territoires unis) : Vous passez outre !
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from claims.extraction.clauses import is_finite, trim
from claims.extraction.document import text_of
from claims.extraction.lexicon import words
from claims.extraction.noun_phrases import TITLES
from claims.extraction.quoted import OPENING, starting_at
from claims.extraction.sources import Source, first_noun

CHAIRS = words("chairs")
DASHES = {"–", "—", "-"}
LONGEST = 25  # tokens of a label
SHORT = 4  # tokens of one without a name: "Le président :"
SHORTEST = 3  # words of a turn
FORMALITIES = {"la parole est"}  # "La parole est à Mme Roux"


@dataclass(frozen=True)
class Turn:
    """What somebody says in a paragraph of their own; tokens, ends exclusive."""

    content: tuple[tuple[int, int], ...]
    source: Source


def turns(doc: Doc) -> Iterator[Turn]:
    """The turns of `doc` that stand outside quotation marks, in order."""
    for start, end in doc._.paragraphs:
        source, begin = _label(doc, start, end) or (None, start)
        if source is None or starting_at(doc, begin) or doc[begin].text in OPENING:
            continue
        if text_of(doc, begin, min(begin + 3, end)).lower() in FORMALITIES:
            continue
        content = trim(doc, [(begin, _without_stage_direction(doc, begin, end))])
        if content and sum(t.is_alpha for t in doc[begin:end]) >= SHORTEST:
            yield Turn(tuple(content), source)


def _label(doc: Doc, start: int, end: int) -> tuple[Source, int] | None:
    """The speaker a paragraph begins with, and where the words begin."""
    chair = start + 1 < end and doc[start + 1].lower_ in CHAIRS
    if doc[start].text not in TITLES and not chair:
        return None
    last = None
    longest = start + (SHORT if doc[start].text not in TITLES else LONGEST)
    for i in range(start + 1, min(longest, end - 1)):
        token = doc[i]
        if is_finite(token) or token.text in OPENING:
            return None
        if token.text == "(" and last is None:
            last = i
        if token.text == ":" or (token.text == "." and i > start + 1):
            begin = i + 1
            while begin < end - 1 and doc[begin].text in DASHES:
                begin += 1
            if token.text == ":" or doc[begin].text[:1].isupper():
                return Source(start, last or i, _head(doc, start, last or i)), begin
            return None
    return None


def _head(doc: Doc, start: int, end: int) -> int:
    found = first_noun(doc, start, end)
    return start if found is None else found


def _without_stage_direction(doc: Doc, start: int, end: int) -> int:
    """Where a closing "(Applaudissements.)" begins."""
    i = end - 1
    while i > start and (doc[i].is_space or doc[i].text in {".", ")"}):
        if doc[i].text == ")":
            opening = next((j for j in range(i, start, -1) if doc[j].text == "("), None)
            return opening if opening is not None else end
        i -= 1
    return end
