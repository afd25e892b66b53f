"""Examples for `subjects`: each noun phrase that may be the subject of a cue, and whether it is."""

from collections.abc import Iterator

from spacy.tokens import Doc

from claims.extraction.subject_features import Candidates
from claims.extraction.training.fit import Example


def examples(doc: Doc, gold: dict) -> Iterator[Example]:
    """The candidates for each gold claim with a verb cue; `constat_cues` has been over `doc`."""
    cues = [cue for cue in doc._.cues if cue.nature != "preposition"]
    for claim in gold["claims"]:
        if not claim["cue"] or not claim["source"]:
            continue
        start, end = claim["cue"]
        cue = next((c for c in reversed(cues) if start <= doc[c.head].idx < end), None)
        if cue is None or cue.passive or cue.inverted is not None:
            continue
        source = doc.char_span(*claim["source"], alignment_mode="expand")
        candidates = Candidates(doc, cue)
        found = False
        for chunk in candidates.chunks:
            if chunk.start < source.end and source.start < chunk.end:
                if found:
                    continue  # a name in apposition, a noun inside: neither right nor wrong
                found = True
                yield Example(candidates.features(chunk), "yes", gold["id"])
            else:
                yield Example(candidates.features(chunk), "no", gold["id"])
