"""What a definite noun may stand for: the institutions, documents and groups of an article."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from claims.extraction.entities import Entity
from claims.extraction.folding import fold, stem
from claims.extraction.labels import labelled
from claims.extraction.lexicon import words
from claims.extraction.mentions import Mention, kind_of_mention, proper_name, read_mention
from claims.extraction.noun_phrases import LINKS
from claims.extraction.nouns import document_nouns, folded_nouns, is_group, known_nouns
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import Source, phrase
from claims.extraction.wording import strip_article


@dataclass
class Referent:
    """An institution, document or group. `mentions` are token positions, in order.

    `nouns` is what it is called, `words` what is said of it there, stemmed; `mention` is the
    fullest description, None where it has a proper name.
    """

    name: str
    kind: str
    label: str = ""  # ORG, LOC or MISC where it is named
    plural: bool = False
    nouns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    mentions: list[int] = field(default_factory=list)
    mention: Mention | None = None


def referents(doc: Doc, organisations: Sequence[Entity]) -> list[Referent]:
    """What `doc` names or describes with more than its noun."""
    found = {fold(strip_article(entity.name)): _named(entity) for entity in organisations}
    inside = {at for entity in organisations for at in entity.mentions}
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.ent_type_ == "PER" or token.ent_iob_ == "I":
            continue
        low = token.lower_
        if (low not in known_nouns() and not is_group(low)) or token.i in inside:
            continue
        sentence = sentence_of(doc, token.i)
        source = phrase(doc, token.i, sentence.start, sentence.end)
        name_at = labelled(doc, token.i, source.end)
        if name_at in inside:
            continue
        if _names_person(doc, source):
            continue
        mention = read_mention(doc, source)
        name = proper_name(doc, mention) if name_at else mention.name
        if mention.noun != low or not (name_at or _tells(mention)):
            continue
        key = fold(strip_article(name))
        if key not in found:
            kind = "organisation" if name_at else kind_of_mention(doc, mention)
            found[key] = Referent(
                name,
                kind,
                "ORG" if name_at else "",
                mention.plural,
                mention=None if name_at else mention,
            )
        item = found[key]
        if name_at:
            item.label = "ORG"
        item.nouns.add(low)
        item.words |= mention.words
        item.mentions.append(token.i)
    for item in found.values():
        item.mentions = sorted({*item.mentions})
    return _without_tails(found)


def _names_person(doc: Doc, source: Source) -> bool:
    """ "le chef de la police Ian Hopkins": the name is not the institution's."""
    for i in range(source.head + 1, source.end):
        if doc[i].text == ",":  # "la présidente du club de natation, Odile Ferrand"
            return False
        if doc[i].ent_type_ == "PER" and doc[i].ent_iob_ == "B" and doc[i - 1].lower_ not in LINKS:
            return True
    return False


def _without_tails(found: dict[str, Referent]) -> list[Referent]:
    """Leave out names that are another with a word the tagger mistook: "la Cour sonne"."""
    kept = []
    for key, referent in found.items():
        shorter = key.rsplit(" ", 1)[0]
        tail = key[len(shorter) :].strip()
        if referent.mention is not None and shorter in found and not tail.startswith(("d'", "l'")):
            found[shorter].mentions = sorted(found[shorter].mentions + referent.mentions)
        else:
            kept.append(referent)
    return kept


def _tells(mention: Mention) -> bool:
    """Whether a mention says more than its noun, or brings a document in: "une étude"."""
    if fold(mention.name) != fold(mention.noun) or mention.possessive:
        return True
    introduced = mention.noun in document_nouns() and not mention.definite
    return introduced and mention.noun not in words("texts")


def _named(entity: Entity) -> Referent:
    item = Referent(entity.name, "organisation", entity.kind, mentions=entity.mentions)
    first, *rest = fold(entity.name).split()
    item.nouns |= {role.noun for role in entity.roles}
    if first in folded_nouns():
        item.nouns.add(folded_nouns()[first])
        item.words |= {stem(word) for word in rest}
    for role in entity.roles:
        item.words |= role.words
    return item
