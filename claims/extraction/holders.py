"""Who holds a role: the people an article calls "ministre", or something like it."""

from claims.extraction.cast import Cast, agree
from claims.extraction.entities import Entity
from claims.extraction.mentions import Mention
from claims.extraction.roles import EXACT, Role, likeness, noun_gender

LATER = 1.0  # how well a role must fit somebody who is named only later


def holders(cast: Cast, mention: Mention) -> list[tuple[float, Entity]]:
    """The people the article gives the role of `mention`, each with how well it fits; several only
    where they fit as well."""
    if mention.role is None:
        return []
    scored = [
        (score, entity)
        for entity in cast.people
        if (score := max((_fit(cast, mention, entity, role) for role in entity.roles), default=0))
        > (0 if entity.mentions[0] < mention.source.start else LATER)
    ]
    top = max((score for score, _ in scored), default=0.0)
    return [(score, entity) for score, entity in scored if score == top]


def _fit(cast: Cast, mention: Mention, entity: Entity, role: Role) -> float:
    """How well a role of somebody fits a mention; "le maire" may be a woman who is called so."""
    value = likeness(mention.role, role)
    if agree(mention.gender, entity.gender):
        return value
    called_so = mention.gender == "m" and value >= EXACT and noun_gender(cast.doc[role.at]) != "f"
    return value - 0.5 if called_so else 0.0
