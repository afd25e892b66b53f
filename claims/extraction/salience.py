"""Who was spoken of last: what a pronoun or "ce dernier" stands for."""

from dataclasses import replace

from spacy.tokens import Token

from claims.extraction.antecedents import named_or_described
from claims.extraction.cast import Cast, Speaker, agree, person
from claims.extraction.mentions import read_mention
from claims.extraction.quoted import around
from claims.extraction.sentences import sentence_of
from claims.extraction.sources import Source, can_speak, phrase

REACH = 6  # sentences
# What makes a mention likelier, in sentences of distance.
SPOKEN, SUBJECT, UNNAMED, QUOTED = 0.9, 0.8, -0.7, -1.5
SUBJECTS = 6  # unnamed subjects looked at


def recent(
    cast: Cast,
    at: int,
    gender: str,
    plural: bool,
    *,
    nearest: bool = False,
    kinds: tuple[str, ...] = (),
) -> Speaker:
    """The speaker or subject that agrees and was mentioned last before token `at`.

    `kinds` restricts who may be meant. `nearest` is for "ce dernier": the last one mentioned,
    whatever their part in the sentence. Its name is None where nobody fits.
    """
    number = cast.sentence_number(at)
    best: tuple[float, int] | None = None
    found: Speaker | None = None

    def offer(bonus: float, position: int, speaker: Speaker) -> None:
        nonlocal best, found
        distance = number - cast.sentence_number(position)
        if distance > REACH or (kinds and speaker.kind not in kinds):
            return
        if around(cast.doc, position) is not None:
            bonus += QUOTED
        rank = (0 if nearest else bonus) - distance, position
        if best is None or rank > best:
            best, found = rank, speaker

    for speaker in cast.speakers_before():
        if speaker.at < at and speaker.plural == plural and agree(gender, speaker.gender):
            offer(SPOKEN, speaker.at, speaker)
    for position, entity in () if plural else cast.people_before(at):
        if agree(gender, entity.gender):
            bonus = SUBJECT if is_subject(cast.doc[position]) else 0.0
            offer(bonus, position, person(entity, position))
    for speaker in _unnamed_subjects(cast, at):
        if speaker.plural == plural and agree(gender, speaker.gender):
            offer(UNNAMED, speaker.at, speaker)
    if found is None:
        return Speaker(None, "anonymous", gender, plural, (), at)
    return replace(found, gender=found.gender or gender, at=at)


def _unnamed_subjects(cast: Cast, at: int) -> list[Speaker]:
    """The subjects before token `at` that may speak and name nobody."""
    found = []
    for i in cast.subjects_before(at, SUBJECTS):
        if cast.doc[i].ent_type_ == "PER" or i + 1 >= at:
            continue
        sentence = sentence_of(cast.doc, i)
        source = phrase(cast.doc, i, sentence.start, sentence.end)
        named = any(cast.person_at(source.start, source.end))
        if source.end <= at and not named and can_speak(cast.doc, source):
            found.append(described(cast, source))
    return found


def described(cast: Cast, source: Source) -> Speaker:
    """A mention as the article names or describes it."""
    mention = read_mention(cast.doc, source)
    name, kind = named_or_described(cast, mention)
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


def owner_of(cast: Cast, at: int) -> Speaker | None:
    """Whose "son" is: the person or organisation spoken of last."""
    found = recent(cast, at, "", False, kinds=("person", "organisation"))
    return found if found.name else None


def is_subject(token: Token) -> bool:
    """Whether a name is, or belongs to, the subject of a verb."""
    for _ in range(4):
        if token.dep_.startswith("nsubj"):
            return True
        if token.head == token or token.dep_ in ("nmod", "obl:mod", "obl:arg", "obj"):
            return False
        token = token.head
    return False
