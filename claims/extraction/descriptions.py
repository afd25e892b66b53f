"""What a source without a person's name is called: an institution, a document, "son entourage"."""

from dataclasses import replace

from claims.extraction.antecedents import again, antecedents, is_taken_up, known_name
from claims.extraction.cast import Cast, Speaker
from claims.extraction.complements import completed
from claims.extraction.definites import taken_up
from claims.extraction.lexicon import words
from claims.extraction.mentions import Mention, kind_of_mention
from claims.extraction.referents import Referent
from claims.extraction.salience import owner_of, recent
from claims.extraction.wording import of_owner, strip_possessive

THEM = {"", "eux", "elles", "entre eux"}
STAFF = {"équipe", "cabinet"}  # institutions by their noun, people where they are somebody's


def describe(cast: Cast, mention: Mention) -> Speaker:
    """The speaker of a noun phrase without a person's name."""
    kind = kind_of_mention(cast.doc, mention)
    if name := known_name(cast, mention):
        return _speaker(mention, name, "organisation")
    if name := completed(cast, mention):
        return _speaker(mention, name, kind)
    if mention.definite:
        if is_taken_up(mention):
            if known := again(cast, mention):
                return replace(known, at=mention.source.start)
            if found := antecedents(cast, mention):
                return _as_speaker(cast, mention, found)
        if not mention.plural and (known := taken_up(cast, mention)):
            return replace(known, at=mention.source.start)
    if mention.possessive:
        return _possessed(cast, mention, kind)
    return _speaker(mention, mention.name, kind)


def _as_speaker(cast: Cast, mention: Mention, found: list[Referent]) -> Speaker:
    names = tuple(dict.fromkeys(referent_name(cast, referent) for referent in found))
    speaker = _speaker(mention, names[0], found[0].kind)
    return replace(speaker, candidates=names, words=mention.words | found[0].words)


def referent_name(cast: Cast, referent: Referent) -> str:
    """What a referent is called, whose it is put in: "son rapport" -> "rapport de la Cour"."""
    if referent.mention is None or not referent.mention.possessive:
        return referent.name
    return _possessed(cast, referent.mention, referent.kind).name or referent.name


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
