"""Whom a definite noun takes up: "le dirigeant russe", "le document", "la jeune femme"."""

import re
from functools import cache

from claims.extraction.cast import Cast, Speaker, agree, person
from claims.extraction.entities import Entity
from claims.extraction.folding import fold, stem
from claims.extraction.holders import holders
from claims.extraction.lexicon import load, words
from claims.extraction.mentions import Mention, kind_of_mention
from claims.extraction.nouns import demonyms, organisation_nouns, powers
from claims.extraction.roles import EXACT, Role, families
from claims.extraction.salience import recent

REACH = 4  # sentences: how far back a noun may take up somebody by nothing but the gender
NATIVE = re.compile(r"[A-ZÉÈÎÔ][\w-]+(?:oise?|aise?|ien(?:ne)?|éen(?:ne)?|aine?|[ghlmsx]ane?)")
DEMONSTRATIVES = {"ce", "cet", "cette"}


def taken_up(cast: Cast, mention: Mention) -> Speaker | None:
    """Somebody the article spoke of before, or names elsewhere; None if the noun stands alone."""
    if mention.same and (found := _same(cast, mention)):
        return found
    if kind_of_mention(cast.doc, mention) == "anonymous":
        matches = holders(cast, mention)
        if matches and (matches[0][0] >= EXACT or not _namesake(cast, mention)):
            return _first(cast, mention, [entity for _, entity in matches])
    if found := _namesake(cast, mention):
        return found
    if any(cast.person_at(mention.source.start, mention.source.end)):
        return None  # "la mère de Lucas" is somebody else
    if sole := _sole_without_role(cast, mention) or _accused(cast, mention):
        return person(sole)
    return _spoken_of_last(cast, mention)


def native(cast: Cast, mention: Mention) -> Speaker | None:
    """ "le Jamaïcain", "la Bâloise": the person spoken of last."""
    if not (mention.definite and mention.bare) or mention.plural:
        return None
    if not _is_native(cast, cast.doc[mention.source.head].text):
        return None
    found = recent(cast, mention.source.start, mention.gender, False, kinds=("person",))
    return found if found.name else None


def counsel(cast: Cast, mention: Mention) -> Speaker | None:
    """ "le conseil de la famille": the lawyer who spoke last."""
    if mention.noun != "conseil" or not mention.definite or mention.plural:
        return None
    number = cast.sentence_number(mention.source.start)
    for speaker in cast.speakers_before():
        if number - cast.sentence_number(speaker.at) > REACH:
            return None
        roles = {role.noun for e in cast.people if e.name == speaker.name for role in e.roles}
        if not families()["avocat"].isdisjoint({speaker.noun, *roles}):
            return speaker._replace(at=mention.source.start)
    return None


def _is_native(cast: Cast, name: str) -> bool:
    """Whether a word is a demonym, and no newspaper or place of the article."""
    listed = name[:1].isupper() and (stem(name) in demonyms() or name.lower() in words("natives"))
    if not (listed or NATIVE.fullmatch(name)) or fold(name) in powers():
        return False
    if name.lower() in organisation_nouns():  # "Le Quotidien"
        return False
    known = cast.organisation(name)
    place = known and known.kind == "LOC" and name.endswith("aine")  # "la Lorraine"
    return not place and not (known and known.kind == "ORG")


def _same(cast: Cast, mention: Mention) -> Speaker | None:
    """ "le même responsable": the last one who was not named."""
    for speaker in cast.speakers_before():
        unnamed = speaker.kind == "anonymous" and not speaker.plural
        if unnamed and agree(mention.gender, speaker.gender):
            return speaker
    return None


def _namesake(cast: Cast, mention: Mention) -> Speaker | None:
    """Somebody unnamed who spoke and was called the same."""
    for speaker in cast.speakers_before():
        alike = speaker.noun == mention.noun and mention.words <= speaker.words
        if alike and speaker.kind != "person":
            return speaker
    return None


def _first(cast: Cast, mention: Mention, people: list[Entity]) -> Speaker:
    """Of people whose role fits as well, the one named last before; all are its candidates."""
    at = mention.source.start

    def recency(entity: Entity) -> int:
        return max((i for i in entity.mentions if i < at), default=-entity.mentions[0])

    names = tuple(entity.name for entity in people)
    return person(max(people, key=recency))._replace(candidates=names)


def _sole_without_role(cast: Cast, mention: Mention) -> Entity | None:
    """The only person spoken of lately, if the article does not tell their role otherwise."""
    at = mention.source.start
    number = cast.sentence_number(at)
    near = {
        id(entity): entity
        for position, entity in cast.people_before(at)
        if agree(mention.gender, entity.gender) and number - cast.sentence_number(position) <= REACH
    }
    last = next(iter(near.values()), None)
    near = {key: entity for key, entity in near.items() if not entity.roles}
    if mention.role is None or len(near) != 1:
        return None
    [entity] = near.values()
    if entity is not last and not mention.bare:
        return None
    # "le directeur de la discothèque" is nobody an article has not quoted yet.
    known = _is_office(mention.role) or _has_spoken(cast, entity)
    sure = mention.bare or (known and entity.gender and entity.gender == mention.gender)
    named = " " in entity.name  # "Paul, 54 ans," holds no office
    return entity if sure and named else None


def _is_office(role: Role) -> bool:
    return role.office is not None or role.noun in words("offices") | words("chairs")


def _has_spoken(cast: Cast, entity: Entity) -> bool:
    return any(speaker.name == entity.name for speaker in cast.speakers_before())


@cache
def _anaphors(key: str) -> frozenset[str]:
    return frozenset(load("nouns")["anaphors"][key])


def _accused(cast: Cast, mention: Mention) -> Entity | None:
    """ "l'accusé": of the people the article gives no role, the one named first."""
    if not mention.bare or mention.noun not in _anaphors("accused"):
        return None
    named = [e for e in cast.people if not e.roles and agree(mention.gender, e.gender)]
    return min(named, key=lambda entity: entity.mentions[0], default=None)


def _spoken_of_last(cast: Cast, mention: Mention) -> Speaker | None:
    """ "cette mère de trois enfants", "le quadragénaire": whoever was spoken of last."""
    at = mention.source.start
    anaphors = _anaphors("feminine" if mention.gender == "f" else "masculine")
    if cast.doc[at].lower_ in DEMONSTRATIVES and mention.role is not None:
        found = recent(cast, at, mention.gender, False, kinds=("person",))
    elif mention.noun in anaphors and len(mention.words) <= 1:
        found = recent(cast, at, mention.gender, False, kinds=("person", "anonymous"))
    elif (mention.role.noun if mention.role else mention.noun) in _anaphors("epithets"):
        found = recent(cast, at, mention.gender, False, kinds=("person",))
    else:
        return None
    return found if found.name else None
