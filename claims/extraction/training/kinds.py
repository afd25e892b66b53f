"""Examples of kinds: the claims somebody is cited for."""

from collections.abc import Iterator

from claims.extraction.kind_features import kind_features
from claims.extraction.training.articles import Article, attributions
from claims.extraction.training.fit import Example

NAME = "kinds"
STRENGTH = 0.3
LEAST = 3


def examples(article: Article) -> Iterator[Example]:
    for claim, attribution in attributions(article):
        yield Example(kind_features(article.doc, attribution), claim["kind"], article.name)
