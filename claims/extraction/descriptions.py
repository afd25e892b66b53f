"""What a source without a person's name is called: an institution, a document, "son entourage"."""

from dataclasses import replace

from claims.extraction.cast import Cast, Speaker
from claims.extraction.definites import taken_up
from claims.extraction.folding import fold
from claims.extraction.lexicon import words
from claims.extraction.mentions import Mention, kind_of_mention, proper_name
from claims.extraction.organisations import of_owner, strip_possessive
from claims.extraction.salience import owner_of, recent

THEM = {"", "eux", "elles", "entre eux"}
STAFF = {"équipe", "cabinet"}  # institutions by their noun, people where they are somebody's


def describe(cast: Cast, mention: Mention) -> Speaker:
    """The speaker of a noun phrase without a person's name."""
    if mention.definite and not mention.plural and (known := taken_up(cast, mention)):
        return replace(known, at=mention.source.start)
    kind = kind_of_mention(cast.doc, mention)
    if mention.possessive:
        return _possessed(cast, mention, kind)
    name = mention.name
    if kind == "organisation":
        name = organisation_name(cast, mention)
    elif mention.definite and mention.bare:
        name = cast.fuller_names.get(mention.noun, name)
    return _speaker(mention, name, kind)


def _speaker(mention: Mention, name: str, kind: str) -> Speaker:
    return Speaker(
        name=name,
        kind=kind,
        gender=mention.gender,
        plural=mention.plural,
        candidates=(name,),
        at=mention.source.start,
        noun=mention.noun,
        words=mention.words,
    )


def _possessed(cast: Cast, mention: Mention, kind: str) -> Speaker:
    """ "son entourage": whose, from what was spoken of last."""
    owner = owner_of(cast, mention.source.start)
    name = strip_possessive(mention.name)
    if owner is not None and name in words("owned_figures"):
        return replace(owner, at=mention.source.start)
    noun = name.split()[0] if name else ""
    if owner is not None:
        name = f"{name} {of_owner(cast.doc, owner)}"
    if kind == "organisation" and noun in STAFF:
        kind = "anonymous"
    return _speaker(mention, name, kind)


def organisation_name(cast: Cast, mention: Mention) -> str:
    """Its full name: by acronym, by its common noun, by what the article called it before."""
    name = proper_name(cast.doc, mention) or mention.name
    key = fold(name)
    for entity in cast.organisations:
        if key in entity.aliases:
            return entity.name
    if " " not in name and name[:1].isupper():
        longer = (e.name for e in cast.organisations if fold(e.name).startswith(key + " "))
        if found := next(longer, None):
            return found
    if not mention.definite or len(mention.words) > 1:
        return name
    if mention.bare and mention.noun in cast.fuller_names:
        return cast.fuller_names[mention.noun]
    spoken = [s for s in cast.speakers_before() if s.kind == "organisation" and s.name]
    for speaker in spoken:
        if speaker.noun == mention.noun and mention.words <= speaker.words:
            return speaker.name
    return spoken[0].name if spoken and mention.noun in words("organisation_anaphors") else name


def one_of(cast: Cast, mention: Mention) -> Speaker:
    """ "l'un des auteurs": one unnamed person of a group."""
    source = mention.source
    group = cast.doc[source.head + 2 : source.end].text
    if group.lower() in THEM:
        group = recent(cast, source.start, "", True).name or ""
    name = " ".join(_singular(word) for word in group.split())
    found = _speaker(mention, name, "anonymous")
    return found if name else replace(found, name=None, candidates=())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word.islower() else word
