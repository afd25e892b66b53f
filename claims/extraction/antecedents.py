"""Which institution, document or group a mention names or takes up: "la compagnie", "le texte".

Every referent a definite noun may stand for is weighed by what is seen of the two; where two weigh
alike both are returned.
"""

from claims.extraction.antecedent_features import pairs
from claims.extraction.cast import Cast, Speaker
from claims.extraction.lexicon import words
from claims.extraction.linear import load_weights
from claims.extraction.mentions import Mention, kind_of_mention, proper_name
from claims.extraction.nouns import is_group, known_nouns, organisation_nouns
from claims.extraction.referents import Referent

SAME = "same"
# The probability needed where a noun may stand by itself, "le gouvernement", or is an anaphor.
SURE, LIKELY = 0.22, 0.1
ALIKE = 0.05  # two referents whose probabilities are nearer than this fit equally well


def antecedents(cast: Cast, mention: Mention, likely: float = LIKELY) -> list[Referent]:
    """What `mention` takes up, the likeliest first; several where they fit equally well.

    `likely` is the probability needed for a noun that seldom stands by itself: "la compagnie".
    """
    weights = load_weights("antecedents")
    scored = [
        (weights.probability(list(features)), referent)
        for referent, features in pairs(cast, mention)
    ]
    scored.sort(key=lambda item: -item[0])
    anaphor = mention.bare and mention.noun in words("organisation_anaphors") | words("texts")
    needed = likely if anaphor else max(SURE, likely)
    if not scored or scored[0][0] < needed:
        return []
    return [referent for score, referent in scored if score >= scored[0][0] - ALIKE]


def named_or_described(cast: Cast, mention: Mention) -> tuple[str, str]:
    """The name and kind of an institution, document or group that a mention stands for."""
    kind = kind_of_mention(cast.doc, mention)
    if name := known_name(cast, mention):
        return name, "organisation"
    if mention.definite and is_taken_up(mention) and (found := antecedents(cast, mention)):
        return found[0].name, found[0].kind
    return mention.name, kind


def again(cast: Cast, mention: Mention) -> Speaker | None:
    """Who spoke before under the same noun."""
    if mention.complement:
        return None
    for speaker in cast.speakers_before():
        alike = speaker.noun == mention.noun and mention.words <= speaker.words
        if alike and speaker.kind != "person" and speaker.plural == mention.plural:
            return speaker
    return None


def is_taken_up(mention: Mention) -> bool:
    """Whether a definite noun may stand for an institution, a document or a group."""
    if mention.role is not None and mention.noun not in organisation_nouns():
        return False
    return mention.noun in known_nouns() or is_group(mention.noun)


def known_name(cast: Cast, mention: Mention) -> str | None:
    """The name of an organisation in full: after its common noun, or by its acronym."""
    name = proper_name(cast.doc, mention)
    if name is None and mention.noun in organisation_nouns() and mention.bare:
        return None
    known = cast.organisation(name or mention.name)
    return known.name if known else name
