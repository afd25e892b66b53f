"""What is seen of a noun phrase that may be the subject of a cue."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from claims.extraction.chunks import Chunk
from claims.extraction.cues import Cue
from claims.extraction.lexicon import words
from claims.extraction.linear import Group
from claims.extraction.noun_phrases import time_words
from claims.extraction.outline import outline_of
from claims.extraction.quoted import around, ending_before

AS_QUI = {"lequel", "laquelle", "lesquels", "lesquelles"}
TELLING = {"qui", "que", "qu'", "et", "mais", "en", "de", "d'", "comme", "l'", "le"}  # before a cue
INTERVIEWED = words("interviewed")
STRESSED = {"lui", "elle", "eux", "elles"}
DE = {"de", "du", "d'", "des"}
BEFORE, AFTER = 80, 40  # tokens
GAPS = (0, 1, 3, 9)  # tokens between a cue and a noun phrase, at most
NEAR = (*GAPS, "far")
LEVELS = 4  # verbs above the cue
NAME = 4  # tokens: a quotation no longer may be a name, « Quotidien »


class Candidates:
    """The noun phrases in the sentence of a cue, as that cue sees them."""

    def __init__(self, doc: Doc, cue: Cue) -> None:
        self.doc, self.cue = doc, cue
        self.outline = outline_of(doc, cue.head)
        self.quotation = around(doc, cue.head)
        self.form = "passive" if cue.passive else "finite" if cue.finite else cue.tense
        before = _what_stands_before(doc, cue, self.outline.start)
        self.place = f"{self.form} {before}"
        self.remote = before == "qui" or not cue.finite
        near = self.outline.chunks_near(cue.head - BEFORE, cue.head + AFTER)
        self.chunks = [chunk for chunk in near if self._may_be_subject(chunk)]
        self.number = number_of_verb(doc, cue)
        self.governors = dict(_governors(doc[cue.head]))

    def _may_be_subject(self, chunk: Chunk) -> bool:
        if chunk.start < self.cue.end and chunk.end > self.cue.group_start:
            return False
        if (chunk.governor and not self.remote) or self.doc[chunk.head].lower_ in time_words():
            return False
        if self.doc[chunk.head].lower_ in INTERVIEWED:
            return False  # "[Interrogés], des voisins disent"
        if chunk.what in STRESSED and chunk.previous == "," and self._ends_at_comma(chunk):
            return False  # "le maire, [lui], affirme"
        quotation = chunk.quotation
        return quotation in (None, self.quotation) or len(quotation) < NAME

    def _ends_at_comma(self, chunk: Chunk) -> bool:
        return chunk.end < self.outline.end and self.doc[chunk.end].text == ","

    def features(self, chunk: Chunk) -> list[str | Group]:
        """What is seen of one of ``chunks``."""
        cue, outline = self.cue, self.outline
        if chunk.start < cue.head:
            side, gap = "<", cue.group_start - chunk.end
            path = _squeezed(outline.between(chunk.end, cue.group_start))[-4:]
        else:
            side, gap = ">", chunk.start - cue.end
            path = _squeezed(outline.between(cue.end, chunk.start))[:4]
        form, place = self.form + side, self.place + side
        near = NEAR[bisect_left(GAPS, gap)]
        governor = "de" if chunk.governor in DE else chunk.governor
        relation = self._relation(chunk) + side
        number = self._agreement(chunk)
        what, previous = chunk.what, chunk.previous
        found: list[str | Group] = [
            (_of_relation, relation, place),
            (_of_path, path, form, place),
            (_of_distance, near, place, governor),
            (_of_what, what, form, relation),
            (_of_number, number, near, previous, side),
            f"relation {relation} {path}",
            f"previous {previous} {place}",
        ]
        if chunk.start == outline.start:
            found += ["initial", f"initial {place}"]
        if chunk.quotation != self.quotation:
            found.append("quoted")
        return found

    def _relation(self, chunk: Chunk) -> str:
        """How the parser joins a chunk with the cue: with the verb itself, or one above it."""
        other = ""
        for i in range(chunk.start, chunk.end):
            if i in self.governors:
                return f"under {self.governors[i]}"
        for head, relation in chunk.links:
            if head == self.cue.head:
                return f"own {relation}"
            kind = relation.partition(":")[0]
            if head in self.governors and kind in ("nsubj", "csubj", "expl"):
                return f"above {self.governors[head]} {kind}"
            other = other or kind
        return other

    def _agreement(self, chunk: Chunk) -> str:
        """Whether noun and verb are both singular or both plural."""
        if not chunk.number or not self.number:
            return "?"
        if chunk.number == self.number:
            return "same"
        joined = chunk.end < self.outline.end and self.doc[chunk.end].lower_ in ("et", ",")
        return "joined" if joined and self.number == "Plur" else "other"


def _of_relation(relation: str, place: str) -> list[str]:
    return [f"relation {relation}", f"relation {relation} {place}"]


def _of_path(path: str, form: str, place: str) -> list[str]:
    return [f"path {path} {form}", f"path {path} {place}"]


def _of_distance(near: int | str, place: str, governor: str) -> list[str]:
    return [f"near {near} {place}", f"near {near} {governor}", f"governor {governor} {place}"]


def _of_what(what: str, form: str, relation: str) -> list[str]:
    return [f"what {what} {form}", f"what {what} {relation}"]


def _of_number(number: str, near: int | str, previous: str, side: str) -> list[str]:
    return [f"number {number} {near} {side}", f"previous {previous} {side}"]


def _what_stands_before(doc: Doc, cue: Cue, left: int) -> str:
    first = cue.group_start
    if first <= left:
        return "start"
    token = doc[first - 1]
    if token.lower_ in AS_QUI:
        return "qui"
    if token.lower_ in TELLING:
        return token.lower_
    if token.is_punct:
        return "»" if ending_before(doc, first) is not None else token.text
    return token.pos_


@lru_cache(maxsize=4096)
def _squeezed(marks: str) -> str:
    """Each mark once where it is repeated."""
    return "".join(a for a, b in zip(marks, " " + marks, strict=False) if a != b)


def _governors(token: Token) -> Iterator[tuple[int, str]]:
    """The tokens above, each with how far up it is and how the cue hangs on it."""
    relation = token.dep_
    for level in range(LEVELS):
        if token.head.i == token.i:
            return
        token = token.head
        yield token.i, f"{level} {relation}"


def number_of_verb(doc: Doc, cue: Cue) -> str:
    """ "Sing", "Plur", or nothing where a cue has no form that tells."""
    for token in doc[cue.group_start : cue.head + 1]:
        if token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm"):
            return next(iter(token.morph.get("Number")), "")
    return ""
