"""People spoken of together: "Luc Morand et Anne Roux", "les deux candidats", "le couple"."""

from spacy.tokens import Doc

from claims.extraction.cast import Cast, Speaker, together
from claims.extraction.entities import Entity
from claims.extraction.lexicon import load
from claims.extraction.mentions import Mention
from claims.extraction.nouns import organisation_nouns
from claims.extraction.roles import Role, is_role, likeness

NUMBERS = {"deux": 2, "trois": 3, "quatre": 4}
ANYBODY = {"homme", "femme"}
JOINING = {"et", ",", "&", "que"}  # "ainsi que"
REACH = 6  # sentences


def joins(cast: Cast, after: int, at: int, entity: Entity) -> bool:
    """Whether the name of `entity` at `at` is one more beside the name that ends at `after`, and
    no part of what that one is: "X, président de la société Y"."""
    between = range(after, at)
    if not any(cast.doc[i].lower_ in JOINING for i in between):
        return False
    holders = [cast.role_holders[i] for i in between if i in cast.role_holders]
    return not holders or holders[-1] is entity or cast.doc[at - 1].lower_ in JOINING


def taken_together(cast: Cast, mention: Mention) -> Speaker | None:
    """Those whom "les deux candidats" or "le couple" stands for, None where nobody fits."""
    if not mention.definite:
        return None
    size = _size(cast.doc, mention)
    pair = mention.noun in load("nouns")["pairs"]["nouns"]
    if pair or (size == 2 and mention.noun.removesuffix("s") in ANYBODY):
        return _pair(cast, mention.source.start)
    return (_last(cast, mention, size) or _joined(cast, mention, size)) if size else None


def _size(doc: Doc, mention: Mention) -> int:
    words = (doc[i].lower_ for i in range(mention.source.start, mention.source.head))
    return next((NUMBERS[word] for word in words if word in NUMBERS), 0)


def _pair(cast: Cast, at: int) -> Speaker | None:
    """The two people who last spoke together, or who were last named together."""
    for speaker in cast.speakers_before():
        if speaker.kind == "person" and speaker.plural:
            return speaker
    return next(iter(cast.pairs_before(at)), None)


def _joined(cast: Cast, mention: Mention, size: int) -> Speaker | None:
    """The institutions that last spoke together: "les deux ONG" for "Greenpeace et Oxfam"."""
    if size != 2 or mention.noun.removesuffix("s") not in organisation_nouns():
        return None
    for speaker in cast.speakers_before():
        names = speaker.name.split(" et ") if speaker.kind == "organisation" else ()
        if len(names) == size and all(name[:1].isupper() for name in names):
            return speaker._replace(at=mention.source.start)
    return None


def _last(cast: Cast, mention: Mention, size: int) -> Speaker | None:
    """The last people named before, as many as there are said to be, whom the noun may fit."""
    noun = mention.noun.removesuffix("s")
    if not is_role(noun):
        return None
    wanted = Role(noun, mention.words, mention.source.head)
    at = mention.source.start
    number = cast.sentence_number(at)
    found: dict[int, Entity] = {}
    for position, entity in cast.people_before(at):
        if number - cast.sentence_number(position) > REACH or len(found) == size:
            break
        if not entity.roles or any(likeness(wanted, role) for role in entity.roles):
            found[id(entity)] = entity
    if len(found) < size:
        return None
    return together(sorted(found.values(), key=lambda entity: entity.mentions[0]), at)
