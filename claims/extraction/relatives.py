"""The noun phrase a relative pronoun stands for."""

from spacy.tokens import Doc

from claims.extraction.lexicon import words
from claims.extraction.sources import INSIDE_NAME, Source, phrase

ADVERBIAL = words("adverbial_nouns")


def antecedent(doc: Doc, relative: int, left: int) -> Source | None:
    """The noun phrase a relative pronoun stands for, right before it."""
    i = relative - 1
    while i > left and doc[i].text in {",", ")", "»", '"'}:
        i -= 1
    clause = doc[relative].head
    head = clause.head if clause.dep_.startswith("acl") else None
    if head is None or head.i >= relative or head.pos_ in ("VERB", "AUX"):
        head = doc[i]
        while left <= head.head.i < relative and head.head != head and head.dep_ in INSIDE_NAME:
            head = head.head
    while (
        head.dep_ in {"appos", "flat:name"}
        and left <= head.head.i < head.i
        and head.head.lower_ not in ADVERBIAL
    ):
        head = head.head
    if head.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        return None
    return phrase(doc, head.i, left, relative)
