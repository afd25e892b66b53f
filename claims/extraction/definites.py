"""Whom a definite noun takes up: "le dirigeant russe", "le document", "la jeune femme"."""

from claims.extraction.cast import Cast, Speaker, agree, person
from claims.extraction.entities import Entity
from claims.extraction.lexicon import load
from claims.extraction.mentions import Mention
from claims.extraction.roles import Role, families
from claims.extraction.salience import recent

REACH = 4  # sentences: how far back a role may take up a name
EXACT = 2.0  # the score of the very noun the article uses for somebody
DEMONSTRATIVES = {"ce", "cet", "cette"}


def taken_up(cast: Cast, mention: Mention) -> Speaker | None:
    """Somebody the article spoke of before, or names elsewhere; None if the noun stands alone."""
    if mention.same and (found := _same(cast, mention)):
        return found
    matches = _by_role(cast, mention)
    if not matches or matches[0][0] < EXACT:
        for speaker in cast.speakers_before():
            alike = speaker.noun == mention.noun and mention.words <= speaker.words
            if alike and speaker.kind != "person":
                return speaker
    if matches:
        best = person(matches[0][1])
        return Speaker(
            best.name, "person", best.gender, candidates=tuple(e.name for _, e in matches)
        )
    if mention.role is not None and (sole := _sole_without_role(cast, mention)):
        return person(sole)
    return _spoken_of_last(cast, mention)


def _same(cast: Cast, mention: Mention) -> Speaker | None:
    """ "le même responsable": the last one who was not named."""
    for speaker in cast.speakers_before():
        unnamed = speaker.kind == "anonymous" and not speaker.plural
        if unnamed and agree(mention.gender, speaker.gender):
            return speaker
    return None


def _by_role(cast: Cast, mention: Mention) -> list[tuple[float, Entity]]:
    """The people the article gives this role, best first; several only where they fit as well."""
    if mention.role is None:
        return []
    scored = [
        (score, entity)
        for entity in cast.people
        if agree(mention.gender, entity.gender)
        and (score := max((_likeness(mention.role, role) for role in entity.roles), default=0)) > 0
    ]
    top = max((score for score, _ in scored), default=0.0)
    return [(score, entity) for score, entity in scored if score >= top - 0.01]


def _likeness(wanted: Role, role: Role) -> float:
    """How well one role says the other: the same noun or family, and shared modifiers."""
    if role.noun == wanted.noun:
        score = EXACT
    elif role.noun in families()[wanted.noun]:
        score = 1.0
    else:
        return 0.0
    shared = wanted.words & role.words
    if wanted.words and not shared:
        if role.words:
            return 0.0  # "le ministre de l'Intérieur" is not "le ministre de la Santé"
        score -= 0.5
    return score + len(shared) - 0.25 * len(wanted.words - role.words)


def _sole_without_role(cast: Cast, mention: Mention) -> Entity | None:
    """The one person spoken of lately whose role the article does not tell otherwise."""
    at = mention.source.start
    number = cast.sentence_number(at)
    near = {
        id(entity): entity
        for position, entity in cast.people_before(at)
        if not entity.roles
        and agree(mention.gender, entity.gender)
        and number - cast.sentence_number(position) <= REACH
    }
    return next(iter(near.values())) if len(near) == 1 else None


def _spoken_of_last(cast: Cast, mention: Mention) -> Speaker | None:
    """ "cette mère de trois enfants", "le quadragénaire": whoever was spoken of last."""
    at = mention.source.start
    anaphors = load("nouns")["anaphors"]["feminine" if mention.gender == "f" else "masculine"]
    if cast.doc[at].lower_ in DEMONSTRATIVES and mention.role is not None:
        found = recent(cast, at, mention.gender, False, kinds=("person",))
    elif mention.noun in anaphors and len(mention.words) <= 1:
        found = recent(cast, at, mention.gender, False)
    else:
        return None
    return found if found.name else None
