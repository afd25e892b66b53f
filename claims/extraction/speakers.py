"""Who speaks: from the mention a claim is attributed to, to a name.

People are found by name, by role ("le dirigeant russe"), by pronoun; an unnamed source keeps its
description. Where two people fit equally well both are returned: ambiguity is stored, not guessed.
"""

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from claims.extraction import organisations as institutions
from claims.extraction.attribution import Attribution
from claims.extraction.clauses import is_finite
from claims.extraction.entities import (
    Entity,
    families,
    fold,
    noun_gender,
    people,
    role_of,
    stem,
)
from claims.extraction.lexicon import load
from claims.extraction.sources import Source

PRONOUNS = {
    "il": ("m", False), "-il": ("m", False), "elle": ("f", False), "-elle": ("f", False),
    "ils": ("m", True), "-ils": ("m", True), "elles": ("f", True), "-elles": ("f", True),
    "celui-ci": ("m", False), "celle-ci": ("f", False), "ceux-ci": ("m", True), "lui": ("m", False),
    "l'": ("", False), "celles-ci": ("f", True), "eux": ("m", True), "ce dernier": ("m", False),
}  # fmt: skip
NEAR = 20  # claims: how far around one a claim that holds it may be
RECENT = 60  # mentions a pronoun may reach back to
FIRST_PERSON = {"je", "j'", "nous", "-je", "-nous", "vous", "tu", "on", "-on", "-vous"}


@dataclass
class Speaker:
    """Whom a claim is attributed to; `candidates` holds more than one name where it is ambiguous."""

    name: str | None
    kind: str
    gender: str = ""
    plural: bool = False
    candidates: tuple[str, ...] = ()
    at: int = 0
    noun: str = ""
    words: frozenset[str] = frozenset()


@dataclass
class Cast:
    """Everybody in an article."""

    people: list[Entity]
    organisations: list[Entity]
    unnamed: list[Speaker] = field(default_factory=list)
    spoken: list[Speaker] = field(default_factory=list)


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
    """Sets ``doc._.speakers``, aligned with ``doc._.attributions``."""

    def __call__(self, doc: Doc) -> Doc:
        cast = Cast(people(doc), institutions.organisations(doc))
        doc._.cast = cast
        speakers: dict[int, Speaker] = {}
        order = sorted(range(len(doc._.attributions)), key=lambda i: _place(doc._.attributions[i]))
        for i in order:
            attribution = doc._.attributions[i]
            speaker = resolve(doc, cast, attribution)
            speakers[i] = speaker
            if speaker.name:
                cast.spoken.append(speaker)
        pairs = [(a, speakers[i]) for i, a in enumerate(doc._.attributions)]
        kept = [
            pair
            for i, pair in enumerate(pairs)
            if not _is_own_words(doc, pairs[max(0, i - NEAR) : i + NEAR], *pair)
        ]
        doc._.attributions = tuple(attribution for attribution, _ in kept)
        doc._.speakers = tuple(speaker for _, speaker in kept)
        return doc


def _is_own_words(doc: Doc, pairs, attribution: Attribution, speaker: Speaker) -> bool:
    """Whether a cue stands inside somebody's claim without citing somebody else."""
    cue = attribution.cue
    for other, who in pairs:
        if other is attribution or not other.holds(cue.head):
            continue
        if speaker.name is None or speaker.name == who.name:
            return True
        start = next(s for s, e in other.content if s <= cue.head < e)
        if cue.verb.kinds and any(is_finite(t) for t in doc[start : cue.group_start]):
            return True
    return False


def _place(attribution: Attribution) -> int:
    return attribution.cue.head if attribution.cue else attribution.start


def resolve(doc: Doc, cast: Cast, attribution: Attribution) -> Speaker:
    """The speaker of one attribution."""
    source = attribution.source
    if source is None:
        return Speaker(None, "anonymous")
    token = doc[source.head]
    text = doc[source.start : source.end].text
    low = fold(text)
    if token.lower_ in PRONOUNS or low in PRONOUNS:
        return _pronoun(doc, cast, attribution, *PRONOUNS.get(token.lower_, ("", False)))
    if token.lower_ in FIRST_PERSON:
        return Speaker(None, "anonymous", at=source.start)
    if person := _named(cast, source):
        return _person(person, source.start)
    return _described(doc, cast, source, text)


def _person(entity: Entity, at: int) -> Speaker:
    return Speaker(entity.name, "person", entity.gender, False, (entity.name,), at)


def _named(cast: Cast, source: Source) -> Entity | None:
    """The person whose name is the mention, or stands beside its noun without "de"."""
    for entity in cast.people:
        for at in entity.mentions:
            if source.start <= at < source.end:
                return entity
    return None


def _described(doc: Doc, cast: Cast, source: Source, text: str) -> Speaker:
    head = doc[source.head]
    noun = head.lower_
    plural = "Plur" in head.morph.get("Number") or doc[source.start].lower_ in (
        "les",
        "des",
        "certains",
        "certaines",
        "plusieurs",
        "deux",
    )
    gender = noun_gender(head)
    definite = doc[source.start].lower_ in ("le", "la", "l'", "les", "ce", "cet", "cette", "ces")
    anaphors = load("nouns")["anaphors"]
    role = role_of(doc, source.start, source.end)
    words = (
        role.words
        if role
        else frozenset(
            stem(t.lower_)
            for t in doc[source.start : source.end]
            if t.i != source.head and t.pos_ in ("NOUN", "ADJ", "PROPN")
        )
    )
    name = institutions.strip_article(institutions.plain_name(_without_participles(doc, source)))
    if definite and not plural:
        if noun in institutions.document_nouns() and (
            found := _earlier_document(cast, noun, words)
        ):
            return found
        for unnamed in reversed(cast.spoken):
            if unnamed.noun == noun and unnamed.kind != "person" and words <= unnamed.words:
                return replace(unnamed, at=source.start)
        if role and (matches := _by_role(cast, role, gender, source.start)):
            best = _person(matches[0], source.start)
            if len(matches) > 1:
                best.candidates = tuple(entity.name for entity in matches)
            return best
        key = "masculine" if gender == "m" else "feminine"
        if noun in anaphors[key]:
            return _recent(doc, cast, source.start, gender, plural)
    kind = _kind(doc, cast, source, noun, plural, role is not None, definite)
    if kind == "organisation":
        name = _organisation_name(doc, cast, source, name, noun, definite, words)
    return Speaker(name, kind, gender, plural, (name,), source.start, noun, words)


def _without_participles(doc: Doc, source: Source) -> str:
    """The mention up to "interrogé", "cité par …"."""
    end = source.end
    for i in range(source.head + 1, source.end):
        if (doc[i].pos_ == "VERB" and doc[i].dep_ == "acl") or doc[i].lower_ in (
            "interrogé",
            "cité",
            "publié",
            "publiée",
            "remis",
        ):
            end = i
            break
    while end > source.head + 1 and doc[end - 1].text in {",", "("}:
        end -= 1
    start = source.start
    return doc[start:end].text


def _kind(doc, cast, source, noun, plural, is_person, definite) -> str:
    if noun in institutions.document_nouns():
        return "document"
    if is_person or noun in institutions.group_nouns():
        return "anonymous"
    if noun in institutions.organisation_nouns():
        return "anonymous" if plural and not doc[source.head].text[:1].isupper() else "organisation"
    head = doc[source.head]
    if head.ent_type_ in ("ORG", "LOC", "MISC", "PER") or head.text[:1].isupper():
        return "organisation"
    return "anonymous"


def _earlier_document(cast: Cast, noun: str, words: frozenset[str]) -> Speaker | None:
    for speaker in reversed(cast.spoken):
        if speaker.kind == "document" and (
            (speaker.noun == noun and words <= speaker.words)
            or (noun in ("document", "texte") and not words)
        ):
            return speaker
    return None


def _by_role(cast: Cast, role, gender: str, at: int) -> list[Entity]:
    """The people the article gives this role, best first; several only where they fit as well."""
    scored = []
    for entity in cast.people:
        if gender and entity.gender and gender != entity.gender:
            continue
        best = 0.0
        for other in entity.roles:
            if other.noun == role.noun:
                score = 2.0
            elif other.noun in families()[role.noun]:
                score = 1.0
            else:
                continue
            shared = role.words & other.words
            if role.words and not shared:
                if other.words:
                    continue
                score -= 0.5
            score += len(shared) - 0.25 * len(role.words - other.words)
            best = max(best, score)
        if best > 0:
            scored.append((best, entity))
    if not scored:
        return []
    top = max(score for score, _ in scored)
    return [entity for score, entity in scored if score >= top - 0.01]


def _organisation_name(doc, cast, source, name, noun, definite, words) -> str:
    key = fold(name)
    for entity in cast.organisations:
        if key in entity.aliases:
            return entity.name
    if definite and noun in institutions.organisation_nouns() and not words:
        same = [
            s for s in cast.spoken if s.kind == "organisation" and s.name and noun in fold(s.name)
        ]
        if same:
            return same[-1].name
        other = [s for s in cast.spoken if s.kind == "organisation" and s.name]
        if other and noun in (
            "groupe",
            "société",
            "parti",
            "organisation",
            "institution",
            "association",
            "entreprise",
            "compagnie",
            "institut",
            "syndicat",
        ):
            return other[-1].name
    return name


def _pronoun(doc: Doc, cast: Cast, attribution: Attribution, gender: str, plural: bool) -> Speaker:
    return _recent(doc, cast, attribution.source.start, gender, plural)


def _recent(doc: Doc, cast: Cast, at: int, gender: str, plural: bool) -> Speaker:
    """The speaker or subject that agrees and was mentioned last."""
    sentence = _sentence_number(doc, at)
    scored: list[tuple[float, int, Speaker]] = []
    for speaker in cast.spoken[-RECENT:]:
        if speaker.at < at and _agrees(speaker, gender, plural):
            score = 1.5 - (sentence - _sentence_number(doc, speaker.at))
            scored.append((score, speaker.at, speaker))
    if not plural:
        for entity in cast.people:
            for mention in _before(entity.mentions, at):
                if not (gender and entity.gender and gender != entity.gender):
                    subject = _is_subject(doc[mention])
                    score = (1.0 if subject else 0.0) - (sentence - _sentence_number(doc, mention))
                    scored.append((score, mention, _person(entity, mention)))
    if not scored:
        return Speaker(None, "anonymous", gender, plural, (), at)
    best = max(scored, key=lambda item: (item[0], item[1]))[2]
    return Speaker(
        best.name,
        best.kind,
        best.gender or gender,
        plural,
        (best.name,) if best.name else (),
        at,
        best.noun,
        best.words,
    )


def _before(mentions: list[int], at: int) -> list[int]:
    """The last mentions before token `at`."""
    end = bisect_left(mentions, at)
    return mentions[max(0, end - RECENT) : end]


def _sentence_number(doc: Doc, at: int) -> int:
    starts = doc.user_data.get("sentence numbers")
    if starts is None:
        starts, number = [], -1
        for token in doc:
            number += bool(token.is_sent_start) and not token.is_space
            starts.append(number)
        doc.user_data["sentence numbers"] = starts
    return starts[at]


def _agrees(speaker: Speaker, gender: str, plural: bool) -> bool:
    return speaker.plural == plural and not (gender and speaker.gender and gender != speaker.gender)


def _is_subject(token: Token) -> bool:
    for _ in range(4):
        if token.dep_.startswith("nsubj"):
            return True
        if token.head == token:
            return False
        token = token.head
    return False
