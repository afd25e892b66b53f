"""What a mention of a source says about it: its noun, number, gender, and what it is called."""

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc

from claims.extraction.folding import stem
from claims.extraction.lexicon import words
from claims.extraction.organisations import (
    document_nouns,
    group_nouns,
    organisation_nouns,
    plain_name,
    strip_article,
)
from claims.extraction.roles import Role, noun_gender, role_of
from claims.extraction.sources import Source

DEFINITE = words("definite_articles")
POSSESSIVE = words("possessives")
PLURAL = words("plural_articles")
SINGULAR = words("singular_articles")
FIRST_PERSON = words("first_person")
OURS = words("first_person_possessives")
SAME = re.compile(r"^(?:même|mêmes)\s+")
JOINED = re.compile(r"(,| et) (?:les? |la |l['’] ?)(?=[A-ZÉ])")
TRAILING = re.compile(r"\s*[,(–-]\s*$")


@dataclass(frozen=True)
class Mention:
    """A source as written; `words` are its modifiers, folded, for comparison."""

    source: Source
    noun: str
    text: str
    name: str  # without article, quantifier and participle
    plural: bool
    gender: str
    definite: bool
    possessive: bool
    role: Role | None = None
    words: frozenset[str] = field(default_factory=frozenset)
    same: bool = False  # "le même responsable"

    @property
    def bare(self) -> bool:
        """ "le ministre": nothing but the noun."""
        return not self.words


def read_mention(doc: Doc, source: Source) -> Mention:
    """Look at the noun phrase of `source`."""
    head = doc[source.head]
    first = doc[source.start].lower_
    role = role_of(doc, source.start, source.end)
    at = role.at if role else source.head
    modifiers = role.words if role else _modifiers(doc, source)
    text = doc[source.start : source.end].text
    name = SAME.sub("", strip_article(plain_name(_core(doc, source))))
    name = JOINED.sub(r"\1 ", name)
    return Mention(
        source=source,
        noun=doc[at].lower_,
        text=text,
        name=TRAILING.sub("", name),
        plural=first in PLURAL or ("Plur" in head.morph.get("Number") and first not in SINGULAR),
        gender=noun_gender(doc[at]),
        definite=first in DEFINITE,
        possessive=first in POSSESSIVE,
        role=role,
        words=modifiers - {"mem"},
        same=source.start + 1 < source.end and doc[source.start + 1].lower_ == "même",
    )


def _modifiers(doc: Doc, source: Source) -> frozenset[str]:
    return frozenset(
        stem(t.lower_)
        for t in doc[source.start : source.end]
        if t.i != source.head and t.pos_ in ("NOUN", "ADJ", "PROPN", "X")
    )


def _core(doc: Doc, source: Source) -> str:
    """The mention up to "interrogé", "cité par …", or an apposition after a comma.

    A document known by nothing else keeps its participle: "billet publié sur le blog".
    """
    end = source.end
    modified = False
    for i in range(source.head + 1, source.end):
        token = doc[i]
        if token.text == "," or token.text == "(":
            end = i
            break
        if (
            token.pos_ == "VERB"
            and token.dep_.startswith("acl")
            and doc[source.head].text.islower()
        ):
            if doc[source.head].lower_ in document_nouns() and not modified:
                break
            end = i
            break
        modified = modified or token.pos_ in ("NOUN", "ADJ", "PROPN")
    return doc[source.start : max(end, source.head + 1)].text


def kind_of_mention(doc: Doc, mention: Mention) -> str:
    """organisation, document or anonymous."""
    head = doc[mention.source.head]
    capital = head.text[:1].isupper() and head.i != mention.source.start
    if mention.noun in document_nouns():
        return "document"
    if mention.role is not None or mention.noun in group_nouns():
        return "anonymous"
    if mention.noun in organisation_nouns():
        return "anonymous" if mention.plural and not capital else "organisation"
    if head.ent_type_ in ("ORG", "LOC", "MISC", "PER") or head.text[:1].isupper():
        return "organisation"
    return "anonymous"


def proper_name(doc: Doc, mention: Mention) -> str | None:
    """The name after a common noun: "l'association [Toit et Droits]", "le quotidien [Marcador]"."""
    source = mention.source
    if mention.noun not in organisation_nouns() | words("organisation_labels"):
        return None
    head = source.head
    if doc[head].text[:1].isupper() and not doc[head].text.isupper():
        return None
    i = head + 1
    while i < source.end and doc[i].pos_ == "ADJ" and doc[i].text[:1].islower():
        i += 1
    while i + 2 < source.end and doc[i].lower_ in ("de", "d'") and doc[i + 1].pos_ == "NOUN":
        i += 2
    start = i
    while i < source.end and doc[i].text not in {",", "("}:
        i += 1
    if start >= i or not doc[start].text[:1].isupper() or not doc[start].is_alpha:
        return None
    return doc[start:i].text
