"""The subject of a cue verb: its own, the one it shares, the antecedent of its "qui"."""

from math import log

from spacy.tokens import Doc

from claims.extraction.cues import Cue
from claims.extraction.lexicon import words
from claims.extraction.linear import load_weights
from claims.extraction.sources import Source, larger_mention, source_from
from claims.extraction.subject_features import Candidates

THINGS = words("neuter_pronouns")
LEAST = log(0.03)  # log-odds under which no noun phrase of the sentence is the subject


def subject_of(doc: Doc, cue: Cue) -> Source | None:
    """The likeliest subject in the sentence of a verb cue, before or after it, if there is one."""
    if cue.inverted is not None:
        return Source(cue.inverted, cue.inverted + 1, cue.inverted)
    index = doc.user_data.setdefault("subject index", {})
    if cue.head not in index:
        index[cue.head] = _likeliest(doc, cue)
    return index[cue.head]


def _likeliest(doc: Doc, cue: Cue) -> Source | None:
    candidates = Candidates(doc, cue)
    model = load_weights("subjects")
    best, top = None, LEAST
    for chunk in candidates.chunks:
        score = model.log_odds(candidates.features(chunk))
        if score > top:
            best, top = chunk, score
    if best is None:
        return None
    limit = cue.group_start if best.start < cue.head else candidates.outline.end
    larger = None if best.governor else larger_mention(doc, best, candidates.chunks, limit)
    return larger or source_from(doc, best, limit)


def cites_nobody(doc: Doc, cue: Cue) -> bool:
    """Whether the subject of a verb rules out that it reports words: "rappelons que", "cela
    montre que"."""
    if cue.nature == "preposition" or cue.passive or not cue.finite:
        return False
    source = subject_of(doc, cue)
    if source is None:
        return cue.tense == "present" and doc[cue.head].lower_.endswith(("ons", "ez"))
    return source.start < cue.head and doc[source.head].lower_ in THINGS
