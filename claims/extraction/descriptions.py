"""What a source without a person's name is called: an institution, a document, "son entourage"."""

from dataclasses import replace

from claims.extraction.antecedents import again, antecedents, is_taken_up, known_name
from claims.extraction.cast import Cast, Speaker, person
from claims.extraction.complements import completed
from claims.extraction.definites import counsel, native, taken_up
from claims.extraction.holders import holders
from claims.extraction.lexicon import words
from claims.extraction.mentions import Mention, kind_of_mention, read_mention
from claims.extraction.noun_phrases import LINKS
from claims.extraction.referents import Referent
from claims.extraction.salience import name_of_owned, owner_of, recent
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import first_noun, phrase
from claims.extraction.wording import strip_possessive

THEM = {"eux", "elles", "entre"}
DETERMINERS = {"des", "les", "dans", "sans", "ses", "leurs", "sous"}
CARRIER_NEAR = 12  # tokens
STAFF = {"équipe", "cabinet"}  # institutions by their noun, people where they are somebody's


def describe(cast: Cast, mention: Mention) -> Speaker:
    """The speaker of a noun phrase without a person's name."""
    kind = kind_of_mention(cast.doc, mention)
    if giver := carried(cast, mention):
        return giver._replace(at=mention.source.start)
    if found := native(cast, mention) or counsel(cast, mention):
        return found
    if name := known_name(cast, mention):
        return _speaker(mention, name, "organisation")
    if name := completed(cast, mention):
        return _speaker(mention, name, kind)
    if mention.same and mention.noun == "source" and (known := _last_source(cast)):
        return known._replace(at=mention.source.start)
    if mention.definite:
        if is_taken_up(mention):
            if known := again(cast, mention):
                return known._replace(at=mention.source.start)
            if found := antecedents(cast, mention):
                return _as_speaker(cast, mention, found)
        if not mention.plural and (known := taken_up(cast, mention)):
            return known._replace(at=mention.source.start)
    if mention.possessive:
        known = holders(cast, mention) if not mention.plural else []
        if len(known) == 1 and known[0][0] >= 1:  # "son avocat", if there is but one
            return person(known[0][1], mention.source.start)
        return _possessed(cast, mention, kind)
    return _speaker(mention, mention.name, kind)


def _last_source(cast: Cast) -> Speaker | None:
    """ "la même source": whatever spoke last that is no named person."""
    return next((s for s in cast.speakers_before() if s.kind != "person"), None)


def _as_speaker(cast: Cast, mention: Mention, found: list[Referent]) -> Speaker:
    names = tuple(dict.fromkeys(referent_name(cast, referent) for referent in found))
    speaker = _speaker(mention, names[0], found[0].kind)
    return speaker._replace(candidates=names, words=mention.words | found[0].words)


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
    owner = owner_of(cast, mention)
    name = strip_possessive(mention.name)
    if owner is not None and name in words("owned_figures"):
        return owner._replace(at=mention.source.start)
    if kind == "organisation" and name.split(" ", 1)[0] in STAFF:
        kind = "anonymous"
    return _speaker(mention, name_of_owned(cast, mention, owner), kind)


def carried(cast: Cast, mention: Mention) -> Speaker | None:
    """Who gave what the mention passes on: "les informations [relatées par] la presse"."""
    if mention.noun not in words("carriers"):
        return None
    doc, source = cast.doc, mention.source
    limit = min(sentence_of(doc, source.head).end, source.head + CARRIER_NEAR)
    for i in range(source.head + 1, limit - 1):
        direct = i == source.head + 1 and doc[i].lower_ in LINKS
        if direct or doc[i].lower_ == "par":
            return _within(cast, i + 1, limit)
        if doc[i].is_punct:
            break
    return None


def _within(cast: Cast, start: int, limit: int) -> Speaker | None:
    """The speaker of the noun phrase that starts at `start`."""
    head = first_noun(cast.doc, start, limit)
    if head is None:
        return None
    inner = phrase(cast.doc, head, start, sentence_of(cast.doc, head).end)
    if people := [entity for _, entity in cast.person_at(inner.start, inner.end)]:
        return person(people[0], inner.start)
    definite = cast.doc[start - 1].lower_ in ("du", "des")
    mention = read_mention(cast.doc, inner)
    return describe(cast, replace(mention, definite=mention.definite or definite))


def one_of(cast: Cast, mention: Mention) -> Speaker:
    """ "l'un des auteurs": one unnamed person of a group."""
    doc, head = cast.doc, mention.source.head
    if head + 2 < len(doc) and doc[head + 2].lower_ in THEM:
        group = recent(cast, mention.source.start, "", True)
    else:
        group = _within(cast, head + 2, sentence_of(doc, head).end)
    if group is None or not group.name:
        return Speaker(None, "anonymous", at=mention.source.start)
    first, *rest = group.name.split()
    while rest and rest[0].endswith("s") and rest[0] not in DETERMINERS and rest[0].islower():
        first = f"{first} {rest.pop(0)}"
    name = " ".join([*(_singular(word) for word in first.split()), *rest])
    return _speaker(mention, name, "anonymous")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word.islower() else word
