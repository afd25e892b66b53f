"""Examples of kinds: the claims somebody is cited for."""

from collections.abc import Iterator

from claims.extraction.document import Document
from claims.extraction.kind_features import kind_features
from claims.extraction.training.articles import Article, attributions
from claims.extraction.training.fit import Example

NAME = "kinds"
STRENGTH = 0.3
LEAST = 3


def examples(article: Article) -> Iterator[Example]:
    doc = Document.of(article.doc)
    for claim, attribution in attributions(article):
        yield Example(kind_features(doc, attribution), claim["kind"], article.name)
