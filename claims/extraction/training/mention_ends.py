"""Examples for `mention_ends`: the words after the first noun of a source, and which belong."""

from collections.abc import Iterator
from itertools import takewhile

from claims.extraction.document import Document
from claims.extraction.linear import spelt
from claims.extraction.mention_ends import Mention
from claims.extraction.outline import outline_of
from claims.extraction.training.articles import Article, tokens
from claims.extraction.training.fit import Example

NAME = "mention_ends"
STRENGTH = 1.0
LEAST = 1


def examples(article: Article) -> Iterator[Example]:
    """The words of each gold source, and the one after it."""
    doc = Document.of(article.doc)
    seen = set()
    for claim in article.attributed():
        if not claim["source"] or tuple(claim["source"]) in seen:
            continue
        seen.add(tuple(claim["source"]))
        start, end = tokens(article.doc, claim["source"])
        chunks = outline_of(doc, start).chunks
        chunk = next((c for c in chunks if start < c.end and c.start < end), None)
        if chunk is None:
            continue
        mention = Mention(doc, chunk, _limit(doc, start, end, claim["cue"]))
        for i in takewhile(mention.may_hold, range(chunk.end, end + 1)):
            yield Example(spelt(mention.features(i)), "yes" if i < end else "no", article.name)


def _limit(doc: Document, start: int, end: int, cue_span: list[int] | None) -> int:
    """The verb after its subject, or the end of the sentence."""
    last = outline_of(doc, start).end
    if cue_span is not None:
        for cue in doc._.cues:
            if cue.nature != "preposition" and cue_span[0] <= doc[cue.head].idx < cue_span[1]:
                return cue.group_start if end <= cue.group_start < last else last
    return last
