"""Whose an institution or a person is: "le cabinet du ministre", "la mairie", "la direction"."""

from dataclasses import replace

from claims.extraction.antecedents import antecedents
from claims.extraction.cast import Cast, Speaker, agree
from claims.extraction.entities import Entity
from claims.extraction.folding import fold
from claims.extraction.lexicon import words
from claims.extraction.mentions import LAST, Mention, read_mention
from claims.extraction.naming import core_end
from claims.extraction.salience import nearest
from claims.extraction.sources import Source
from claims.extraction.wording import of_owner, plain_name, written

TO_DEFINITE = {"du", "des"}
SURE = 0.3  # the probability needed to put a name in the place of "la compagnie"


def completed(cast: Cast, mention: Mention) -> str | None:
    """The name of `mention` with what its complement stands for, if that is known.

    "le cabinet du ministre" -> "cabinet de Luc Morand"; "la mairie" -> "mairie de Lorme".
    """
    if mention.definite and mention.bare and mention.noun in words("local"):
        place = cast.county if mention.noun == "préfecture" else cast.town
        return f"{mention.noun} {of_owner(cast.doc, place)}" if place else None
    inner = _complement(cast, mention)
    owner = _owner(cast, inner) if inner else None
    if owner is None or fold(owner.name) in fold(mention.name):
        return None
    before = written(cast.doc, mention.source.start, _link(cast, inner.source))
    return f"{plain_name(before)} {of_owner(cast.doc, owner)}"


def _link(cast: Cast, inner: Source) -> int:
    """Where "du", or "de" before an article, stands."""
    return inner.start - (1 if cast.doc[inner.start - 1].lower_ in TO_DEFINITE else 2)


def _complement(cast: Cast, mention: Mention) -> Mention | None:
    """The last noun of a mention with nothing but its article: "de la [compagnie]"."""
    doc, source = cast.doc, mention.source
    end = core_end(doc, source)
    noun = end - 1
    if noun < source.head + 2 or doc[noun].pos_ not in ("NOUN", "ADJ", "PROPN"):
        return None
    before = doc[noun - 1].lower_
    definite = before in TO_DEFINITE or (
        before in ("le", "la", "l'", "les", "ce", "cet", "cette")
        and doc[noun - 2].lower_ in ("de", "d'")
    )
    if not definite:
        return None
    return replace(read_mention(doc, Source(noun, end, noun)), definite=True)


def _owner(cast: Cast, inner: Mention) -> Entity | Speaker | None:
    noun, at = inner.noun, inner.source.start
    if noun in LAST:
        last = nearest(cast, at, LAST[noun], noun.endswith("s"))
        return last if last.name else None
    if noun in words("towns"):
        return cast.town
    if inner.role is not None:
        holders = [
            entity
            for entity in cast.people
            if agree(inner.gender, entity.gender) and any(r.noun == noun for r in entity.roles)
        ]
        return min(holders, key=lambda entity: _gap(entity, at), default=None)
    if noun not in words("organisation_anaphors"):
        return None
    found = antecedents(cast, inner, SURE)
    return Speaker(found[0].name, "organisation") if found else None


def _gap(entity: Entity, at: int) -> int:
    """How far a person was last spoken of before `at`; those named later come last."""
    before = [i for i in entity.mentions if i < at]
    return at - before[-1] if before else 1_000_000 + entity.mentions[0]
