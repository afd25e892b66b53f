"""Examples for `weighing`: each content a cue might report, and whether the gold article has it."""

from collections.abc import Iterator

from claims.extraction.attribution import NEAR, eligible, offers
from claims.extraction.document import Document
from claims.extraction.edges import content_spans
from claims.extraction.evaluation.measure import overlap, words
from claims.extraction.linear import spelt
from claims.extraction.training.articles import Article
from claims.extraction.training.fit import Example
from claims.extraction.weighing import cue_features, proposal_features

NAME = "attribution"
STRENGTH = 0.3
LEAST = 2
CLOSE = 0.9  # of the best overlap
RIGHT = 0.5  # overlap with the gold content, as in the measure


def examples(article: Article) -> Iterator[Example]:
    """What each cue of the article might report."""
    doc, text = Document.of(article.doc), article.gold["text"]
    said = [(claim["cue"], words(text, claim["content"])) for claim in article.attributed()]
    reporting: list = []
    for cue in reversed(eligible(doc)):
        proposals, rule = offers(doc, cue, reporting[-NEAR:][::-1])
        head = doc[cue.head].idx
        contents = [content for span, content in said if span and span[0] <= head < span[1]]
        shared = spelt(cue_features(doc, cue))
        fits = [
            max(
                (overlap(words(text, content_spans(doc, p.content)), c) for c in contents),
                default=0,
            )
            for p in proposals
        ]
        best = max(fits, default=0)
        if best >= RIGHT:
            reporting.append(cue)
        for i, (proposal, fit) in enumerate(zip(proposals, fits, strict=True)):
            if CLOSE * best <= fit < best:
                continue  # nearly as right
            features = shared + spelt(proposal_features(doc, cue, proposal, i, rule))
            right = fit == best and fit >= RIGHT
            yield Example(features, "yes" if right else "no", article.name)
