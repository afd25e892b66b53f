"""Examples for `claims.extraction.antecedents`: what the definite nouns of gold sources take up."""

from collections.abc import Iterator

from claims.extraction.antecedent_features import pairs
from claims.extraction.antecedents import SAME, again, is_taken_up, known_name
from claims.extraction.cast import Cast, Speaker
from claims.extraction.descriptions import referent_name
from claims.extraction.document import Document
from claims.extraction.entities import people
from claims.extraction.evaluation.measure import fold
from claims.extraction.mentions import read_mention
from claims.extraction.organisations import organisations
from claims.extraction.sources import Source, first_noun
from claims.extraction.training.articles import Article, tokens
from claims.extraction.training.fit import Example

NAME = "antecedents"
STRENGTH = 1.0
LEAST = 1
OTHER = "other"


def examples(article: Article) -> Iterator[Example]:
    """One for each definite source of `article` and referent that it may stand for."""
    doc = Document.of(article.doc)
    cast = Cast(doc, people(doc), organisations(doc))
    for claim in sorted(article.attributed(), key=lambda c: c["cue"] or c["content"][0]):
        if not claim["source"]:
            continue
        start, end = tokens(doc, claim["source"])
        head = first_noun(doc, start, end)
        mention = read_mention(doc, Source(start, end, start if head is None else head))
        taken_up = mention.definite and is_taken_up(mention) and not known_name(cast, mention)
        if taken_up and not again(cast, mention):
            for referent, features in pairs(cast, mention):
                same = fold(referent_name(cast, referent)) == fold(claim["speaker"])
                yield Example(features, SAME if same else OTHER, article.name)
        speaker = Speaker(
            claim["speaker"],
            claim["speaker_kind"],
            plural=mention.plural,
            at=start,
            noun=mention.noun,
            words=mention.words,
        )
        cast.spoken.append(speaker)
