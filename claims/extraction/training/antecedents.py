"""Examples for `claims.extraction.antecedents`: what definite nouns of gold sources take up.

python -m claims.extraction.training.antecedents ARTICLE.txt… writes ``weights/antecedents.json``.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from claims.extraction.antecedent_features import pairs
from claims.extraction.antecedents import SAME, again, is_taken_up, known_name
from claims.extraction.article import parse
from claims.extraction.cast import Cast, Speaker
from claims.extraction.descriptions import referent_name
from claims.extraction.entities import people
from claims.extraction.evaluation.gold import read_gold
from claims.extraction.evaluation.measure import fold
from claims.extraction.extractor import Extractor
from claims.extraction.mentions import read_mention
from claims.extraction.organisations import organisations
from claims.extraction.sources import Source, first_noun
from claims.extraction.training.fit import Example, fit

OTHER = "other"
STRENGTH = 1.0


def examples(article: dict, doc: Doc) -> Iterator[Example]:
    """One for each definite source of `article` and referent that it may stand for."""
    cast = Cast(doc, people(doc), organisations(doc))
    for claim in sorted(article["claims"], key=lambda claim: claim["cue"] or claim["content"][0]):
        source = _source(doc, claim["source"]) if claim["source"] else None
        if source is None:
            continue
        mention = read_mention(doc, source)
        taken_up = mention.definite and is_taken_up(mention) and not known_name(cast, mention)
        if taken_up and not again(cast, mention):
            for referent, features in pairs(cast, mention):
                same = fold(referent_name(cast, referent)) == fold(claim["speaker"])
                yield Example(features, SAME if same else OTHER, article["id"])
        speaker = Speaker(
            claim["speaker"],
            claim["speaker_kind"],
            plural=mention.plural,
            at=source.start,
            noun=mention.noun,
            words=mention.words,
        )
        cast.spoken.append(speaker)


def _source(doc: Doc, span: tuple[int, int]) -> Source:
    tokens = doc.char_span(*span, alignment_mode="expand")
    head = first_noun(doc, tokens.start, tokens.end)
    return Source(tokens.start, tokens.end, tokens.root.i if head is None else head)


def main(paths: list[str]) -> None:
    """Fit the weights to the annotated articles at `paths`."""
    articles = [read_gold(Path(path)) for path in paths]
    texts = ((article["text"], article["published_on"]) for article in articles)
    docs = parse(Extractor().nlp, texts, 64)
    found = [e for pair in zip(articles, docs, strict=True) for e in examples(*pair)]
    fit(found, STRENGTH, "antecedents")


if __name__ == "__main__":
    main(sys.argv[1:])
