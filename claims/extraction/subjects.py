"""The subject of a cue verb: its own, the one it shares, the antecedent of its "qui"."""

from math import log

from spacy.tokens import Doc

from claims.extraction.cues import Cue
from claims.extraction.lexicon import words
from claims.extraction.linear import load_weights
from claims.extraction.outline import Outline
from claims.extraction.sources import Source, larger_mention, source_from
from claims.extraction.subject_features import Candidates

THINGS = words("neuter_pronouns")
NAMED = {"PER", "ORG", "LOC"}
JOINING = {"et", "ainsi"}
GOVERNING = {"", "de", "du", "des", "d'", "par"}  # no "[dans le cadre de la loi], les députés"
LEAST = log(0.03)  # log-odds under which no noun phrase of the sentence is the subject


def subject_of(doc: Doc, cue: Cue) -> Source | None:
    """The likeliest subject in the sentence of a verb cue, before or after it, if there is one."""
    if cue.inverted is not None:
        return Source(cue.inverted, cue.inverted + 1, cue.inverted)
    return _found(doc, cue)[0]


def subject_odds(doc: Doc, cue: Cue) -> float | None:
    """The log-odds that `subject_of` is right; None where no subject is looked for."""
    if cue.nature != "verb" or cue.inverted is not None or cue.passive:
        return None
    return _found(doc, cue)[1]


def _found(doc: Doc, cue: Cue) -> tuple[Source | None, float]:
    index = doc.user_data.setdefault("subject index", {})
    if cue.head not in index:
        index[cue.head] = _likeliest(doc, cue)
    return index[cue.head]


def _likeliest(doc: Doc, cue: Cue) -> tuple[Source | None, float]:
    """The subject and the log-odds that it is, at least `LEAST`."""
    candidates = Candidates(doc, cue)
    model = load_weights("subjects")
    best, top = None, LEAST
    for chunk in candidates.chunks:
        score = model.log_odds(candidates.features(chunk))
        if score > top:
            best, top = chunk, score
    if best is None:
        return None, top
    limit = cue.group_start if best.start < cue.head else candidates.outline.end
    others = [chunk for chunk in candidates.chunks if chunk.governor in GOVERNING]
    larger = None if best.governor else larger_mention(doc, best, others, limit)
    found = larger or source_from(doc, best, limit)
    if candidates.number == "Plur" != best.number and best.what in ("source", *NAMED):
        found = _with_others(candidates.outline, found, limit)
    return found, top


def _with_others(outline: Outline, source: Source, limit: int) -> Source:
    """With those who share its plural verb: "[X, de la CGT, et] Y ont dit"."""
    start, end = _clause_around(outline, source, limit)
    named = [
        chunk
        for chunk in outline.chunks_near(start, end)
        if not chunk.governor and (chunk.what in NAMED or source.start <= chunk.start < source.end)
    ]
    if len(named) < 2:
        return source
    first, last = named[0], named[-1]
    if JOINING.isdisjoint(token.lower_ for token in outline.doc[first.end : last.start]):
        return source
    return Source(first.start, max(source.end, source_from(outline.doc, last, end).end), first.head)


def _clause_around(outline: Outline, source: Source, limit: int) -> tuple[int, int]:
    """The tokens around a source up to a verb, a relative pronoun, a colon or a quotation."""
    start, end = source.start, source.end
    while start > outline.start and not _parts(outline, start - 1):
        start -= 1
    while end < limit and not _parts(outline, end):
        end += 1
    return start, end


def _parts(outline: Outline, i: int) -> bool:
    """Whether token `i` stands between clauses; "que" does not in "X ainsi [que] Y"."""
    if outline.marks[i - outline.start] not in "VR:«»":
        return False
    return i == outline.start or outline.doc[i - 1].lower_ != "ainsi"


def cites_nobody(doc: Doc, cue: Cue) -> bool:
    """Whether the subject of a verb rules out that it reports words: "rappelons que", "cela
    montre que"."""
    if cue.nature == "preposition" or cue.passive or not cue.finite:
        return False
    source = subject_of(doc, cue)
    if source is None:
        return cue.tense == "present" and doc[cue.head].lower_.endswith(("ons", "ez"))
    return source.start < cue.head and doc[source.head].lower_ in THINGS
