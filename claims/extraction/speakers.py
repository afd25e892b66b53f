"""Who speaks: from the mention a claim is attributed to, to a name.

People are found by name, by role ("le dirigeant russe"), by pronoun; an unnamed source keeps its
description. Where two people fit equally well both are returned: ambiguity is stored, not guessed.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from claims.extraction.attribution import Attribution
from claims.extraction.cast import Cast, Speaker, person, together
from claims.extraction.clauses import is_finite
from claims.extraction.descriptions import describe, one_of
from claims.extraction.document import Document, lows, text_of
from claims.extraction.entities import Entity, people
from claims.extraction.given_names import titles
from claims.extraction.groups import joins, taken_together
from claims.extraction.labels import is_label, labelled
from claims.extraction.lexicon import words
from claims.extraction.mentions import FIRST_PERSON, LAST, OURS, read_mention
from claims.extraction.nouns import document_nouns, organisation_nouns
from claims.extraction.organisations import organisations
from claims.extraction.roles import is_role
from claims.extraction.salience import nearest, recent
from claims.extraction.sources import Source, first_noun

# Pronoun -> gender and number of whom it stands for.
PRONOUNS = {
    "il": ("m", False), "-il": ("m", False), "elle": ("f", False), "-elle": ("f", False),
    "ils": ("m", True), "-ils": ("m", True), "elles": ("f", True), "-elles": ("f", True),
    "celui-ci": ("m", False), "celle-ci": ("f", False), "ceux-ci": ("m", True), "lui": ("m", False),
    "l'": ("", False), "ses": ("", False), "celles-ci": ("f", True), "eux": ("", True),
    "celui": ("m", False), "celle": ("f", False), "ceux": ("m", True), "celles": ("f", True),
    "leurs": ("", True), "les": ("", True), "l": ("", False),
}  # fmt: skip

SOME = {"certains", "certaines", "plusieurs", "beaucoup"}
OF = {"de", "d'", "du", "des"}
CONTRACTED = {"du", "au", "aux", "l'"}
COORDINATORS = words("coordinators")
ARTICLES = {"le", "la", "l'"}
GLOSS = 12  # tokens in brackets after a pronoun
ON = {"on", "-on"}
NEAR = 20  # claims: how far around one a claim that holds it may be

Doc.set_extension("cast", default=None, force=True)
Doc.set_extension("speakers", default=(), force=True)


@Language.factory(
    "constat_speakers",
    assigns=["doc._.cast", "doc._.speakers"],
    requires=["doc._.attributions", "doc.ents"],
)
def create_speaker_resolver(nlp: Language, name: str) -> "SpeakerResolver":
    """Create the component that sets ``doc._.speakers``, one for each attribution."""
    return SpeakerResolver()


class SpeakerResolver:
    """Sets ``doc._.speakers``, aligned with ``doc._.attributions``.

    Drops the attributions that cite nobody else inside somebody's own claim.
    """

    def __call__(self, doc: Doc) -> Doc:
        given, doc = doc, Document.of(doc)
        cast = doc._.cast = Cast(doc, people(doc), organisations(doc))
        found = []
        for attribution in doc._.attributions:
            speaker = _last(found[-NEAR:]) if _goes_on(doc, attribution) else None
            cast.content = attribution.content
            speaker = speaker or resolve(cast, attribution.source)
            found.append((attribution, speaker))
            if speaker.name:
                cast.spoken.append(speaker)
        kept = [
            pair
            for i, pair in enumerate(found)
            if not _is_own_words(doc, found[max(0, i - NEAR) : i + NEAR], *pair)
        ]
        doc._.attributions = tuple(attribution for attribution, _ in kept)
        doc._.speakers = tuple(speaker for _, speaker in kept)
        return given


def _goes_on(doc: Doc, attribution: Attribution) -> bool:
    """ "Et d'ajouter : « … »", "« … », y lit-on": a cue that names nobody is for whoever spoke
    last."""
    cue = attribution.cue
    if cue is None:
        return False
    if attribution.source is None:
        return cue.tense == "infinitive"
    y = "y" in lows(doc)[cue.group_start : cue.head]
    return y and (cue.verb.name == "lire" or doc[attribution.source.head].lower_ in ON)


def _last(found: Sequence[tuple[Attribution, Speaker]]) -> Speaker | None:
    """The last speaker who is cited by the article itself."""
    return next((who for claim, who in reversed(found) if who.name and not claim.nested), None)


def _is_own_words(
    doc: Doc,
    others: Sequence[tuple[Attribution, Speaker]],
    attribution: Attribution,
    speaker: Speaker,
) -> bool:
    """Whether a cue stands inside somebody's claim without citing somebody else."""
    cue = attribution.cue
    if cue is None:
        return False
    at = cue.head
    for other, who in others:
        content = other.content
        if not content[0][0] <= at < content[-1][1] or other is attribution or not other.holds(at):
            continue
        if speaker.name is None or speaker.name == who.name:
            return True
        # A wish or an opinion deep inside a claim is part of it; words somebody said are not.
        start = next(s for s, e in content if s <= at < e)
        if cue.verb.kinds and any(is_finite(t) for t in doc[start : cue.group_start]):
            return True
    return False


def resolve(cast: Cast, source: Source | None) -> Speaker:
    """The speaker that `source` stands for; its name is None where the text names nobody."""
    if source is None:
        return Speaker(None, "anonymous")
    doc = cast.doc
    while source.start < source.head and doc[source.start].lower_ in COORDINATORS:
        source = source._replace(start=source.start + 1)
    untitled = source.start + 1
    if (
        untitled < source.end
        and doc[source.start].text in titles()
        and doc[untitled].lower_ in ARTICLES
    ):
        head = first_noun(doc, untitled, source.end)  # "M. [le rapporteur]"
        source = Source(untitled, source.end, source.head if head is None else head)
    if doc[source.head].lower_ in PRONOUNS and (inside := _glossed(doc, source.head)):
        return resolve(cast, inside)
    low = text_of(doc, source.start, source.end).lower()
    if low not in PRONOUNS and source.end - source.start <= 2:
        low = doc[source.head].lower_
    if low in PRONOUNS:
        return recent(cast, source.start, *PRONOUNS[low])
    if doc[source.head].lower_ in FIRST_PERSON or doc[source.start].lower_ in OURS:
        return Speaker(None, "anonymous", at=source.start)
    labels_name = labelled(doc, source.head, source.end) is not None
    if not labels_name and (found := named(cast, source) or _titled(cast, source)):
        return found
    mention = read_mention(doc, source)
    if source.start and doc[source.start - 1].lower_ in CONTRACTED:  # "de l'avis du [maire]"
        mention = replace(mention, definite=True)
    if group := taken_together(cast, mention):
        return group
    if mention.noun in LAST and mention.definite:
        plural = mention.noun.endswith("s")
        return nearest(cast, source.start, LAST[mention.noun], plural)
    if mention.noun in SOME and text_of(doc, source.head + 1, source.head + 3).lower() == "d'entre":
        return recent(cast, source.start, "", True)
    if mention.noun in ("un", "une") and _opens_group(doc, source.head + 1):
        return one_of(cast, mention)
    return describe(cast, mention)


def _glossed(doc: Doc, pronoun: int) -> Source | None:
    """What the article puts in brackets after a pronoun: "Elle [la ministre] a dit"."""
    start = pronoun + 2
    if start >= len(doc) or doc[start - 1].text != "[":
        return None
    limit = min(start + GLOSS, len(doc))
    end = next((i for i in range(start, limit) if doc[i].text == "]"), start)
    head = first_noun(doc, start, end)
    return None if head is None else Source(start, end, head)


def _opens_group(doc: Doc, i: int) -> bool:
    """Whether "un" is followed by "des avocats": "de" and something more."""
    return i + 1 < len(doc) and doc[i].lower_ in OF


def named(cast: Cast, source: Source) -> Speaker | None:
    """The people whose names are the mention, or stand beside its noun without "de"."""
    found: list[Entity] = []
    end = source.start
    people = list(cast.person_at(source.start, source.end))
    for at, entity in people:
        if _is_owner(cast.doc, source, at) or entity in found:
            continue
        if len(people) > 1 and at > source.start and is_label(cast.doc[at - 1]):
            continue  # "le directeur de la chaîne [El Fadjr], Karim Belhadj"
        if not found or joins(cast, end, at, entity):
            found.append(entity)
        end = next(stop for start, stop in entity.spans if start == at)
    if len(found) <= 1:
        return next((person(entity, source.start) for entity in found), None)
    return together(found, source.start)


def _titled(cast: Cast, source: Source) -> Speaker | None:
    """Whoever is named right beside a mention that tells their role: "X, [ministre de …]"."""
    for at in range(source.start, source.end):
        if (entity := cast.role_holders.get(at)) is not None:
            return person(entity, source.start)
        if at == source.head:
            break
    return None


def _is_owner(doc: Doc, source: Source, at: int) -> bool:
    """Whether the name at `at` only says whose the head is: "les avocats de Donald Trump"."""
    if at <= source.head:
        return False
    head = doc[source.head].lower_
    institution = (head in organisation_nouns() or head in document_nouns()) and not is_role(head)
    if doc[source.head].ent_type_ == "PER" and doc[source.head].pos_ == "PROPN":
        return doc[at - 1].lower_ in ("de", "d'")
    if institution and at == source.head + 1:  # "le comité Nobel"
        return at + 1 == len(doc) or doc[at + 1].pos_ != "PROPN"
    for i in range(at - 1, source.head, -1):
        low = doc[i].lower_
        if low == ",":
            return False
        if low == "par":  # "une équipe dirigée par X"
            return True
        if low in OF and institution:
            return True
        if low in OF:
            # "le ministre de l'Intérieur X": the noun phrase after "de" ends before the name.
            inner = [
                t for t in doc[i + 1 : at] if t.pos_ in ("NOUN", "PROPN") and t.text not in titles()
            ]
            return not inner or (low == "du" and _has_role(inner))
    return False


def _has_role(tokens: list[Token]) -> bool:
    return any(is_role(token.lower_) for token in tokens)
