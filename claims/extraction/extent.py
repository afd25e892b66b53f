"""How far what is reported reaches: to the end of its sentence, unless something else begins."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from claims.extraction.adjuncts import trailing_start
from claims.extraction.clauses import is_finite, sentence_end
from claims.extraction.cues import Cue
from claims.extraction.organisations import document_nouns
from claims.extraction.quoted import CLOSING, around, starting_at
from claims.extraction.verb_groups import NEGATION

CONNECTORS = {"et", "mais", "puis", "tout", "en", ",", "avant", "de", "d'", "ou", *NEGATION}
CLAUSES = {"mais", "tandis", "alors", "quand", "et", "or", "car"}


def right_end(doc: Doc, cue: Cue, start: int, later: Sequence[Cue], frame: str) -> int:
    """One past the last token of a content that begins at `start`.

    `later` are the cues that do report something; one that stands beside this cue ends it.
    """
    end = sentence_end(doc, start)
    quoted = starting_at(doc, start)
    if quoted and quoted.end > end:
        return quoted.end
    for other in later:
        if start < other.group_start < end and is_beside(doc, cue, other):
            end = _before_connector(doc, other.group_start, start)
            break
    end = _semicolon(doc, start, end)
    if frame != "que":
        end = _own_clause(doc, cue, start, end)
    return trailing_start(doc, start, end)


def is_beside(doc: Doc, cue: Cue, other: Cue) -> bool:
    """Whether `other` shares the subject of `cue` rather than being part of what it reports."""
    if other.nature == "preposition" or other.head <= cue.head:
        return False
    before = doc[other.group_start - 1]
    if other.tense == "gerund":
        if before.lower_ == "en" or before.text in {",", *CLOSING}:
            return True
        # A participle right after a noun may tell what that noun says: "un rapport affirmant …".
        noun = doc[other.head].head
        return not (noun.lower_ in document_nouns() and noun.i < other.head)
    if other.tense == "infinitive":
        return before.lower_ in ("de", "d'", "sans") or doc[other.group_start].lower_ == "sans"
    bare = other.tense == "bare participle" and cue.tense in ("participle", "bare participle")
    return before.lower_ in {"et", "mais", "puis", "ou"} and (other.finite or bare)


def _before_connector(doc: Doc, i: int, start: int) -> int:
    while i > start + 1 and doc[i - 1].lower_ in CONNECTORS:
        i -= 1
    return i


def _semicolon(doc: Doc, start: int, end: int) -> int:
    for i in range(start, end):
        if doc[i].text == ";" and around(doc, i) is None:
            return i
    return end


def _own_clause(doc: Doc, cue: Cue, start: int, end: int) -> int:
    """Where a clause with a subject of its own begins beside a content that is no clause."""
    for i in range(start + 1, end):
        if doc[i].lower_ in CLAUSES and around(doc, i) is None:
            verb = _next_finite(doc, i, end)
            if verb is not None and _subject_between(verb, i) and verb.head.i < start:
                return i
    return end


def _next_finite(doc: Doc, i: int, end: int) -> Token | None:
    return next((t for t in doc[i:end] if is_finite(t)), None)


def _subject_between(verb: Token, i: int) -> bool:
    top = verb.head if verb.dep_.startswith(("aux", "cop")) else verb
    return any(c.dep_.startswith(("nsubj", "expl:subj")) and i < c.i for c in top.children)
