"""Examples for `subjects`: each noun phrase that may be the subject of a cue, and whether it is."""

from collections.abc import Iterator

from claims.extraction.attribution import ON
from claims.extraction.document import Document
from claims.extraction.linear import spelt
from claims.extraction.subject_features import Candidates
from claims.extraction.training.articles import Article, tokens
from claims.extraction.training.fit import Example

NAME = "subjects"
STRENGTH = 3.0
LEAST = 1


def examples(article: Article) -> Iterator[Example]:
    """The candidates for each gold claim with a verb cue; "on" stands for the place that speaks."""
    doc = Document.of(article.doc)
    cues = [cue for cue in doc._.cues if cue.nature != "preposition"]
    for claim in article.attributed():
        if not claim["cue"] or not claim["source"]:
            continue
        start, end = claim["cue"]
        cue = next((c for c in reversed(cues) if start <= doc[c.head].idx < end), None)
        if cue is None or cue.passive or cue.inverted is not None:
            continue
        first, last = tokens(article.doc, claim["source"])
        candidates = Candidates(doc, cue)
        named = [c for c in candidates.chunks if c.start < last and first < c.end]
        right = named or [c for c in candidates.chunks if doc[c.head].lower_ in ON]
        for chunk in candidates.chunks:
            if chunk in right[1:]:
                continue  # a name in apposition, a noun inside: neither right nor wrong
            label = "yes" if chunk in right else "no"
            yield Example(spelt(candidates.features(chunk)), label, article.name)
