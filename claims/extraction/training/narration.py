"""Examples of narration: the sentences nobody is cited for, and whether each is a claim.

Which these are depends on the claims the rules find, so the model learns as well to leave alone
what they miss.
"""

from collections.abc import Iterator

from claims.extraction.document import Document
from claims.extraction.narration import unattributed
from claims.extraction.sentences import sentence_of
from claims.extraction.training.articles import Article, tokens
from claims.extraction.training.fit import Example

NAME = "narration"
STRENGTH = 0.3
LEAST = 3


def examples(article: Article) -> Iterator[Example]:
    doc = Document.of(article.doc)
    told = set()
    for claim in article.narrated():
        start, end = tokens(doc, (claim["content"][0][0], claim["content"][-1][1]))
        sentence = sentence_of(doc, (start + end) // 2)
        if 2 * (end - start) >= sentence.end - sentence.start:  # the measure's threshold
            told.add(sentence)
    for sentence, features in unattributed(doc, doc._.attributions):
        yield Example(features, "yes" if sentence in told else "no", article.name)
