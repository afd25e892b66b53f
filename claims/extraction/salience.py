"""Who was spoken of last: what a pronoun or "ce dernier" stands for."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from claims.extraction.antecedents import named_or_described
from claims.extraction.cast import Cast, Speaker, agree, person
from claims.extraction.document import kept
from claims.extraction.holders import holders
from claims.extraction.lexicon import words
from claims.extraction.mentions import Mention, read_mention
from claims.extraction.quoted import around
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import LAST, Source, can_speak, phrase
from claims.extraction.wording import of_owner, strip_possessive

REACH = 9  # sentences
NEAR = 4  # sentences: how far back pronouns tell who is spoken of
SUBJECTS, PRONOUNS = 8, 4  # how many of the last ones are looked at
# What makes a mention salient, in sentences of distance: weighed on annotated articles.
SPOKEN, SUBJECT, UNNAMED, GOVERNED, QUOTED = 1.2, 0.9, -0.4, -0.3, -3.3
BY_KIND = {"person": 0.0, "organisation": -0.3, "document": -0.7, "anonymous": -1.4}
COUNTRIES = words("country_anaphors")
OWNERS = ("person", "organisation", "anonymous")
SOURCES = {"source", "sources"}  # own nobody
MARGIN = 0.1  # who is less salient by no more is as likely


@dataclass
class Antecedent:
    """Somebody spoken of; `at` is the token of the last mention before what takes it up."""

    speaker: Speaker
    at: int
    salience: float


def recent(
    cast: Cast,
    at: int,
    gender: str,
    plural: bool,
    *,
    kinds: tuple[str, ...] = (),
    owner: bool = False,
) -> Speaker:
    """The most salient of those who agree and were spoken of before token `at`.

    `kinds` restricts who may be meant; an `owner` may stand in what is said as well. Its name is
    None where nobody fits; where somebody else is as salient, the names of both are its candidates.
    """
    _take_up_pronouns(cast, at)
    return _most_salient(cast, at, gender, plural, kinds, owner)


def _most_salient(
    cast: Cast,
    at: int,
    gender: str,
    plural: bool,
    kinds: tuple[str, ...] = (),
    owner: bool = False,
) -> Speaker:
    found = _antecedents(cast, at, gender, plural, kinds, owner)
    if not plural and not any(each.speaker.kind == "person" for each in found):
        # "Rana X … a-t-il conclu": a first name may be a man's elsewhere.
        found += _guessed(cast, at, gender)
    if not found:
        return Speaker(None, "anonymous", gender, plural, (), at)
    found.sort(key=lambda antecedent: (antecedent.salience, antecedent.at), reverse=True)
    likely = [a.speaker for a in found if a.salience >= found[0].salience - MARGIN]
    names = dict.fromkeys(name for speaker in likely for name in speaker.candidates)
    best = likely[0]
    return best._replace(gender=best.gender or gender, at=at, candidates=tuple(names))


def nearest(cast: Cast, at: int, gender: str, plural: bool) -> Speaker:
    """ "ce dernier": the last one mentioned who agrees, whatever their part in the sentence."""
    found = _antecedents(cast, at, gender, plural)
    if not found:
        return Speaker(None, "anonymous", gender, plural, (), at)
    last = max(found, key=lambda antecedent: antecedent.at).speaker
    return last._replace(gender=last.gender or gender, at=at)


def _antecedents(
    cast: Cast,
    at: int,
    gender: str,
    plural: bool,
    kinds: tuple[str, ...] = (),
    owner: bool = False,
) -> list[Antecedent]:
    """Who may be taken up at token `at`, each once."""
    number = cast.sentence_number(at)
    found: dict[str, Antecedent] = {}

    def offer(position: int, speaker: Speaker, bonus: float) -> None:
        distance = number - cast.sentence_number(position)
        fits = speaker.plural == plural and agree(gender, speaker.gender)
        if not fits or (kinds and speaker.kind not in kinds) or distance > REACH:
            return
        if speaker.noun in SOURCES if owner else cast.in_content(position):
            return
        bonus += BY_KIND[speaker.kind] + _bearing(cast.doc, position)
        known = found.setdefault(speaker.name, Antecedent(speaker, position, bonus - distance))
        known.salience = max(known.salience, bonus - distance)
        if position > known.at:
            known.speaker, known.at = speaker, position

    for speaker in cast.speakers_before():
        if speaker.at < at:
            offer(speaker.at, speaker, SPOKEN)
    for position, entity in () if plural else cast.people_before(at):
        if number - cast.sentence_number(position) > REACH:
            break
        if agree(gender, entity.gender):
            bonus = SUBJECT if is_subject(cast.doc[position]) else 0.0
            offer(position, person(entity, position), bonus)
    for pair in cast.pairs_before(at) if plural else ():
        offer(pair.at, pair, SUBJECT if is_subject(cast.doc[pair.at]) else 0.0)
    for speaker in _described_subjects(cast, at, gender, plural, owner):
        offer(speaker.at, speaker, SUBJECT if speaker.kind == "person" else UNNAMED)
    for i in cast.pronouns_before(at, PRONOUNS):
        speaker = cast.taken_up.get(i)
        if speaker is not None and speaker.name and number - cast.sentence_number(i) <= NEAR:
            offer(i, speaker, SUBJECT)
    return list(found.values())


def _guessed(cast: Cast, at: int, gender: str) -> list[Antecedent]:
    """The subjects before token `at` that do not agree, of a gender the first name alone tells."""
    number, found = cast.sentence_number(at), {}
    for position, entity in cast.people_before(at):
        distance = number - cast.sentence_number(position)
        if distance > NEAR:
            break
        if entity.guessed and not agree(gender, entity.gender) and is_subject(cast.doc[position]):
            speaker = person(entity, position)._replace(gender=gender)
            found.setdefault(entity.name, Antecedent(speaker, position, SUBJECT - distance))
    return list(found.values())


def _bearing(doc: Doc, i: int) -> float:
    """What the place of a mention takes from its salience."""
    governed = i > 0 and doc[i - 1].pos_ == "ADP"
    return (around(doc, i) is not None) * QUOTED + governed * GOVERNED


def _take_up_pronouns(cast: Cast, at: int) -> None:
    """Tell whom the pronouns shortly before token `at` stand for, in order."""
    for i in cast.pronouns_before(at, PRONOUNS):
        if i not in cast.taken_up:
            low = cast.doc[i].lower_
            gender = "f" if "elle" in low else "m"
            cast.taken_up[i] = _most_salient(cast, i, gender, low.endswith("s"))


def _described_subjects(
    cast: Cast, at: int, gender: str, plural: bool, owner: bool
) -> list[Speaker]:
    """The subjects before token `at` that agree, may speak and are no names; as an `owner`, without
    those that are somebody's themselves."""
    found = []
    number = cast.sentence_number(at)
    for i in cast.subjects_before(at, SUBJECTS):
        if number - cast.sentence_number(i) > REACH:
            continue
        if i + 1 >= at or (speaking := _speaking_subject(cast.doc, i)) is None:
            continue
        source, mention = speaking
        if source.end > at or mention.plural != plural:
            continue
        if not plural and any(cast.person_at(source.start, source.end)):
            continue
        if owner and mention.possessive:
            continue
        people = holders(cast, mention) if mention.definite and not plural else []
        if len(people) == 1:  # "le candidat" is somebody the article names
            found.append(person(people[0][1], i))
        elif agree(gender, mention.gender):
            found.append(described(cast, source))
    return found


@kept
def _speaking_subject(doc: Doc, i: int) -> tuple[Source, Mention] | None:
    """The mention with the subject at token `i`, if it may speak and is no name."""
    token = doc[i]
    if token.ent_type_ == "PER" or _is_predicate(token):
        return None
    if token.lower_ in LAST or token.lower_ in COUNTRIES:  # "ce dernier", "le pays": nobody new
        return None
    source = phrase(doc, i, *sentence_of(doc, i))
    return (source, read_mention(doc, source)) if can_speak(doc, source) else None


def _is_predicate(token: Token) -> bool:
    """Whether a noun says what somebody is: "X était [responsable]", "X, [maire] de"."""
    return token.dep_ == "appos" or any(child.dep_ == "cop" for child in token.children)


def described(cast: Cast, source: Source) -> Speaker:
    """A mention as the article names or describes it."""
    mention = read_mention(cast.doc, source)
    name, kind = named_or_described(cast, mention)
    if mention.possessive:
        plural, kinds = _owners(mention)
        owner = _most_salient(cast, source.start, "", plural, kinds, owner=True)
        name = name_of_owned(cast, mention, owner)
    return Speaker(
        name=name,
        kind=kind,
        gender=mention.gender,
        plural=mention.plural,
        candidates=(name,),
        at=source.start,
        noun=mention.noun,
        words=mention.words,
    )


def name_of_owned(cast: Cast, mention: Mention, owner: Speaker | None) -> str:
    """What somebody's is called, with whose it is: "son entourage" -> "entourage de Luc Morand"."""
    name = strip_possessive(mention.name)
    return f"{name} {of_owner(cast.doc, owner)}" if owner and owner.name else name


def owner_of(cast: Cast, mention: Mention) -> Speaker | None:
    """Whose "son" or "leur" is: the person, organisation or group spoken of last; "ses auteurs"
    are those of a document."""
    plural, kinds = _owners(mention)
    found = recent(cast, mention.source.start, "", plural, kinds=kinds, owner=True)
    return found if found.name else None


def _owners(mention: Mention) -> tuple[bool, tuple[str, ...]]:
    """The number and kinds of those whom a possessive may stand for."""
    if mention.noun in words("authors"):
        return False, ("document",)
    return mention.doc[mention.source.start].lower_.startswith("leur"), OWNERS


def is_subject(token: Token) -> bool:
    """Whether a name is, or belongs to, the subject of a verb."""
    for _ in range(4):
        if token.dep_.startswith("nsubj"):
            return True
        if token.head == token or token.dep_ in ("nmod", "obl:mod", "obl:arg", "obj"):
            return False
        token = token.head
    return False
