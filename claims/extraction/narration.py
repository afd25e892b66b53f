"""Checkable facts in the paper's own voice: sentences nobody is cited for, and what stands beside
a claim in its sentence ("X a publié un rapport mettant en garde contre …")."""

import re
from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from claims.extraction.attribution import Attribution
from claims.extraction.clauses import is_finite, sentence_end, trim
from claims.extraction.cues import cues_between
from claims.extraction.lexicon import words
from claims.extraction.noun_phrases import time_words
from claims.extraction.quoted import OPENING
from claims.extraction.sentences import Sentence, sentence_of

TRANSITION = re.compile(
    r"Reste |Pas de quoi|De quoi |Autant dire|Bref|En attendant|Et pour cause|Car "
)
CHECKABLE = 0.15
DENSE = 0.15  # added where every sentence cites somebody: the rest is mostly transition
UNANSWERED = words("unanswered")


def narrated(doc: Doc, attributions: Sequence[Attribution]) -> list[tuple[int, int]]:
    """Token bounds of each narrated claim, in order."""
    beside: dict[Sentence, list[Attribution]] = defaultdict(list)
    for attribution in attributions:
        spans = list(attribution.content)
        if attribution.cue:
            spans.append((attribution.cue.start, attribution.cue.end))
        for sentence in {s for start, end in spans for s in _sentences(doc, start, end)}:
            beside[sentence].append(attribution)
    found: list[tuple[int, int]] = []
    sentences = [s for s in _sentences(doc, 0, len(doc)) if not doc[s.start : s.end].text.isspace()]
    least = CHECKABLE + DENSE * len(beside) / max(1, len(sentences))
    for sentence in sentences:
        if sentence not in beside:
            if checkability(doc, sentence) >= least:
                found += trim(doc, [(sentence.start, sentence_end(doc, sentence.start))])
        elif span := _introducing(doc, sentence, beside[sentence]):
            found += trim(doc, [span])
    return found


def _sentences(doc: Doc, start: int, end: int) -> list[Sentence]:
    found = []
    while start < end:
        found.append(sentence_of(doc, start))
        start = found[-1].end
    return found


def checkability(doc: Doc, sentence: Sentence) -> float:
    """How much there is to check: figures, days, names, what has happened; from 0 to 1."""
    tokens = doc[sentence.start : sentence.end]
    text = tokens.text.strip()
    if sum(t.is_alpha for t in tokens) < 4 or not text.endswith((".", "!", "»", '"', "…")):
        return 0.0
    if (
        TRANSITION.match(text)
        or tokens[0].lower_ in UNANSWERED
        or any(t.text == "?" for t in tokens)
    ):
        return 0.0
    if not any(is_finite(t) for t in tokens):
        return 0.0
    figures = any(t.like_num or t.pos_ == "NUM" for t in tokens)
    days = any(t.lower_ in time_words() for t in tokens)
    names = len({t.ent_type_ + t.text for t in tokens if t.ent_type_})
    names += any(t.pos_ == "PROPN" and not t.ent_type_ for t in tokens[1:])
    value = 0.35 * figures + 0.35 * days + 0.2 * min(names, 3)
    value += 0.15 * any(t.pos_ == "AUX" or t.dep_.startswith("aux") for t in tokens)
    if any(_speaks(cue) for cue in cues_between(doc, *sentence)):
        value -= 0.25
    if any(t.text in OPENING for t in tokens):
        value -= 0.1
    if any(t.lower_ in {"je", "j'", "nous", "vous", "on"} for t in tokens):
        value -= 0.15
    return max(0.0, min(1.0, value))


def _speaks(cue) -> bool:
    return cue.nature == "verb" and bool(cue.verb.frames & {"que", "quote"})


def _introducing(
    doc: Doc, sentence: Sentence, attributions: list[Attribution]
) -> tuple[int, int] | None:
    """The clause that brings in the source of a participle: its verb and that noun phrase."""
    for attribution in attributions:
        cue, source = attribution.cue, attribution.source
        if cue is None or source is None or cue.tense != "gerund":
            continue
        if source.end != cue.group_start or source.start == sentence.start:
            continue
        verb = doc[source.head]
        while verb.head != verb and not _heads_clause(verb):
            verb = verb.head
        if verb.i < source.start and _heads_clause(verb):
            return _clause_start(verb, sentence.start), source.end
    return None


def _heads_clause(token: Token) -> bool:
    return token.pos_ == "VERB" and (
        is_finite(token) or any(c.dep_.startswith("aux") for c in token.children)
    )


def _clause_start(verb: Token, left: int) -> int:
    subject = next((c for c in verb.children if c.dep_.startswith("nsubj")), None)
    return subject.left_edge.i if subject is not None else left
