"""The subject of a cue verb: its own, the one it shares, the antecedent of its "qui"."""

from math import log

from spacy.tokens import Doc

from claims.extraction.chunks import Chunk
from claims.extraction.cues import Cue
from claims.extraction.linear import load_weights
from claims.extraction.sources import Source, source_from
from claims.extraction.subject_features import Candidates

NEAR = 25  # tokens between a noun phrase and one in apposition to it
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
        score = model.score(candidates.features(chunk), "yes")
        if score > top:
            best, top = chunk, score
    if best is None:
        return None
    limit = cue.group_start if best.start < cue.head else candidates.outline.end
    return _apposed_to(candidates, best, limit) or source_from(doc, best, limit)


def _apposed_to(candidates: Candidates, chunk: Chunk, limit: int) -> Source | None:
    """The earlier noun phrase that `chunk` goes on with: "la maire, [Jeanne Roux], qui …"."""
    if chunk.governor:
        return None
    outline = candidates.outline
    for other in candidates.chunks:
        near = chunk.start - NEAR <= other.start < chunk.start and other.what in ("PER", "source")
        if near and not set("VR:") & set(outline.between(other.end, chunk.start)):
            found = source_from(candidates.doc, other, limit)
            if found.end >= chunk.end:
                return found
    return None
