"""What a mention of a source says about it: its noun, number, gender, and what it is called."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc

from claims.extraction.document import kept
from claims.extraction.folding import stem
from claims.extraction.labels import labelled
from claims.extraction.lexicon import words
from claims.extraction.naming import core, core_end, whole
from claims.extraction.noun_phrases import LINKS
from claims.extraction.nouns import document_nouns, group_nouns, organisation_nouns
from claims.extraction.roles import Role, noun_gender, role_of
from claims.extraction.sources import Source
from claims.extraction.wording import plain_name, strip_article, written

DEFINITE = words("definite_articles")
POSSESSIVE = words("possessives")
LAST = {"dernier": "m", "dernière": "f", "derniers": "m", "dernières": "f"}
PLURAL = words("plural_articles")
SINGULAR = words("singular_articles")
FIRST_PERSON = words("first_person")
OURS = words("first_person_possessives")
SAME = re.compile(r"^(?:même|mêmes)\s+")


@dataclass
class Mention:
    """A source as written; `words` are its modifiers, folded, for comparison."""

    doc: Doc = field(repr=False, compare=False)
    source: Source
    noun: str
    plural: bool
    gender: str
    definite: bool
    possessive: bool
    role: Role | None = None
    words: frozenset[str] = field(default_factory=frozenset)
    same: bool = False  # "le même responsable"
    complement: bool = False  # "la cour d'appel", "le Mouvement populaire": it says which

    @cached_property
    def name(self) -> str:
        """What it is called, without article, quantifier and participle."""
        return strip_article(SAME.sub("", plain_name(core(self.doc, self.source))))

    @property
    def bare(self) -> bool:
        """ "le ministre": nothing but the noun."""
        return not self.words


@kept
def read_mention(doc: Doc, source: Source) -> Mention:
    """Look at the noun phrase of `source`."""
    source = whole(doc, source)
    head = doc[source.head]
    first = doc[source.start].lower_
    told = source._replace(end=core_end(doc, source, source.start))
    role = role_of(doc, told.start, told.end)
    if role and doc[role.at].pos_ == "ADJ" and role.at < source.head:
        role = None  # "le principal parti"
    at = role.at if role else source.head
    modifiers = role.words if role else _modifiers(doc, told)
    return Mention(
        doc=doc,
        source=source,
        noun=doc[at].lower_,
        plural=first in PLURAL or ("Plur" in head.morph.get("Number") and first not in SINGULAR),
        gender=noun_gender(doc[at]),
        definite=first in DEFINITE,
        possessive=first in POSSESSIVE,
        role=role,
        words=modifiers - {"meme"},
        complement=_has_complement(doc, source),
        same=source.start + 1 < source.end and doc[source.start + 1].lower_ == "même",
    )


def _modifiers(doc: Doc, source: Source) -> frozenset[str]:
    return frozenset(
        stem(t.lower_)
        for t in doc[source.start : source.end]
        if t.i != source.head and t.pos_ in ("NOUN", "ADJ", "PROPN", "X")
    )


def _has_complement(doc: Doc, source: Source) -> bool:
    i = source.head + 1
    while i < source.end and doc[i].pos_ == "ADJ":
        i += 1
    if i < source.end and doc[i].lower_ in LINKS:
        return True
    return doc[source.head].text[:1].isupper() and i > source.head + 1


def kind_of_mention(doc: Doc, mention: Mention) -> str:
    """organisation, document or anonymous."""
    head = doc[mention.source.head]
    capital = head.text[:1].isupper() and (head.i != mention.source.start or head.pos_ == "PROPN")
    if mention.noun in document_nouns() and not (capital and mention.noun in organisation_nouns()):
        return "document"
    if mention.role is not None or mention.noun in group_nouns():
        return "anonymous"
    if mention.noun in organisation_nouns():
        return "anonymous" if mention.plural and not capital else "organisation"
    if head.ent_type_ in ("ORG", "LOC", "MISC", "PER") or capital:
        return "organisation"
    return "anonymous"


def proper_name(doc: Doc, mention: Mention) -> str | None:
    """The name after a common noun: "l'association [Toit et Droits]", "le quotidien [Marcador]",
    "le syndicat majoritaire, l'[UNES]"."""
    source = mention.source
    if start := labelled(doc, source.head, source.end):
        return plain_name(core(doc, source, start))
    if mention.noun not in organisation_nouns() or not doc[source.head].text.islower():
        return None
    commas = [i for i in range(source.head + 1, source.end - 1) if doc[i].text == ","]
    if len(commas) != 1:
        return None
    start = commas[0] + 1
    start += doc[start].pos_ == "DET" and start + 1 < source.end
    named = doc[start].text[:1].isupper() and doc[start].ent_type_ not in ("LOC", "PER")
    joined = any(doc[i].lower_ == "et" for i in range(source.head, source.end))
    return plain_name(written(doc, start, source.end)) if named and not joined else None
