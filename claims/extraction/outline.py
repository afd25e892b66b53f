"""A sentence in outline: its noun phrases, and the marks between its clauses."""

from bisect import bisect_left
from functools import cached_property

from spacy.tokens import Doc, Token

from claims.extraction.chunks import Chunk, Chunker
from claims.extraction.clauses import is_finite
from claims.extraction.document import Known
from claims.extraction.lexicon import words
from claims.extraction.quoted import CLOSING, OPENING
from claims.extraction.sentences import sentence_of

SUBORDINATORS = {"qui", "que", "qu'", "dont", "où", "lequel", "laquelle"}
PUNCTUATION = {",": ",", "«": "«", "“": "«", ":": ":", ";": ":"}
PUNCTUATION |= dict.fromkeys(OPENING - {"«", "“"} | CLOSING, "»") | dict.fromkeys("()[]–—", "(")
FUNCTION = words("links") | words("places") | words("articles") | words("coordinators")
NEVER_FINITE = {"DET", "ADP", "PROPN", "PUNCT", "SPACE", "NUM", "SYM"}


class Outline:
    """The chunks of a sentence, and its marks; `verbs` are the finite verbs of cues."""

    def __init__(self, doc: Doc, start: int, end: int, verbs: frozenset[int]) -> None:
        self.doc, self.start, self.end, self.verbs = doc, start, end, verbs

    @cached_property
    def marks(self) -> str:
        """A letter for each token: "," comma, "(" bracket or dash, "«" and "»" quotation marks,
        ":" colon or semicolon, "V" finite verb, "R" relative or conjunction, "&" coordinator,
        "." anything else."""
        tokens = self.doc[self.start : self.end]
        return "".join([PUNCTUATION.get(token.text) or _mark(token) for token in tokens])

    @cached_property
    def words(self) -> Known:
        """Token -> a function word or mark as it is, of other words the part of speech."""
        doc = self.doc  # alone: an outline that its words hold would never be let go
        return Known(lambda i: _word(doc[i]))

    @cached_property
    def chunks(self) -> list[Chunk]:
        return list(Chunker(self.doc, self.start, self.end, self.verbs))

    def chunks_near(self, left: int, right: int) -> list[Chunk]:
        """Those that begin at a token from `left` up to, and not at, `right`."""
        return self.chunks[bisect_left(self._starts, left) : bisect_left(self._starts, right)]

    def chunk_around(self, i: int) -> Chunk | None:
        """The one that holds token `i`."""
        at = bisect_left(self._starts, i + 1) - 1
        return self.chunks[at] if at >= 0 and i < self.chunks[at].end else None

    @cached_property
    def _starts(self) -> list[int]:
        return [chunk.start for chunk in self.chunks]

    def between(self, left: int, right: int) -> str:
        """The marks of the tokens from `left` to `right`, plain words left out."""
        return self.marks[left - self.start : right - self.start].replace(".", "")


def outline_of(doc: Doc, i: int) -> Outline:
    """The outline of the sentence of token `i`; `constat_cues` has been over `doc`."""
    index = doc.user_data.get("outline index")
    if index is None:
        cues = (cue for cue in doc._.cues if cue.nature != "preposition")
        verbs = frozenset(cue.head for cue in cues if cue.finite)
        index = doc.user_data["outline index"] = (verbs, {})
    verbs, outlines = index
    start, end = sentence_of(doc, i)
    if start not in outlines:
        outlines[start] = Outline(doc, start, end, verbs)
    return outlines[start]


def _word(token: Token) -> str:
    if token.is_punct or token.lower_ in FUNCTION:
        return token.lower_
    if token.pos_ in ("NOUN", "PROPN", "ADJ") and token.text[0].isupper():
        return "Name"
    return token.pos_


def _mark(token: Token) -> str:
    """The letter of a word."""
    pos = token.pos_
    if pos not in NEVER_FINITE and is_finite(token):
        return "V"
    if pos == "SCONJ" or token.lower_ in SUBORDINATORS:
        return "R"
    return "&" if pos == "CCONJ" else "."
