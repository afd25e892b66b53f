"""Checkable facts in the paper's own voice: sentences nobody is cited for, and what stands beside
a claim in its sentence ("X a publié un rapport mettant en garde contre …")."""

from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from claims.extraction.attribution import Attribution
from claims.extraction.clauses import is_finite, sentence_end, trim
from claims.extraction.sentences import Sentence, sentence_of


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
    for sentence in _sentences(doc, 0, len(doc)):
        if sentence not in beside:
            if is_checkable(doc, sentence):
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


def is_checkable(doc: Doc, sentence: Sentence) -> bool:
    """An event with a who, a where, a when or a figure; headlines and questions are not."""
    tokens = doc[sentence.start : sentence.end]
    if sum(t.is_alpha for t in tokens) < 5 or not any(is_finite(t) for t in tokens):
        return False
    text = tokens.text.rstrip()
    if text.endswith("?") or not text.endswith((".", "!", "»", '"', "…")):
        return False
    return any(t.ent_type_ or t.like_num or t.pos_ in ("NUM", "PROPN") for t in tokens)


def _introducing(
    doc: Doc, sentence: Sentence, attributions: list[Attribution]
) -> tuple[int, int] | None:
    """The clause that brings in the source of a participle: its verb and that noun phrase."""
    for attribution in attributions:
        cue, source = attribution.cue, attribution.source
        if cue is None or source is None or cue.tense != "gerund" or source.shared:
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
