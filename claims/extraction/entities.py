"""Whom an article names: people, by all the forms of their name and the roles it gives them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc

from claims.extraction.document import tagged, text_of
from claims.extraction.folding import fold
from claims.extraction.lexicon import words
from claims.extraction.names import NameMention, name_mentions
from claims.extraction.roles import Role

PREFIX = re.compile(rf"^(?:{'|'.join(words('name_prefixes'))})-(?=.)")


@dataclass
class Entity:
    """A person or organisation the article names; `mentions` are token positions, in order."""

    name: str
    kind: str
    gender: str = ""  # "m", "f" or "" where the article does not tell
    guessed: bool = True  # whether nothing but the first name tells it
    aliases: set[str] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)  # the tokens of each mention
    namesakes: tuple[str, ...] = ()  # others in the article with the same surname


def people(doc: Doc) -> list[Entity]:
    """The people `doc` names, each once, in order of first mention."""
    mentions = _with_surnames(doc, _without_places(doc, list(name_mentions(doc))))
    known = _Known()
    for mention in mentions:  # full names first: a surname then finds its owner, before or after
        if " " in mention.text:
            _add(known.by_full_name(mention) or known.create(mention), mention)
    for mention in mentions:
        if " " not in mention.text:
            found = known.by_one_name(mention)
            entity = found[0] if found else known.create(mention)
            entity.namesakes = tuple(other.name for other in found[1:])
            _add(entity, mention)
    for entity in known.people:
        entity.mentions.sort()
        if _is_pope(entity) and " " not in entity.name:
            entity.name = f"pape {entity.name}"
    return sorted(known.people, key=lambda entity: entity.mentions[0])


class _Known:
    """The people met so far, by each word of their names."""

    def __init__(self) -> None:
        self.people: list[Entity] = []
        self.by_word: dict[str, list[Entity]] = defaultdict(list)

    def create(self, mention: NameMention) -> Entity:
        entity = Entity(mention.text, "person")
        self.people.append(entity)
        for word in dict.fromkeys(_words(mention.text)):
            self.by_word[word].append(entity)
        return entity

    def by_full_name(self, mention: NameMention) -> Entity | None:
        for entity in self.by_word[_words(mention.text)[-1]]:
            if _same_name(entity.name, mention.text):
                entity.name = max(entity.name, mention.text, key=len)
                return entity
        return None

    def by_one_name(self, mention: NameMention) -> list[Entity]:
        """Those whose name it is, best first; somebody's first name is not a "pape François"."""
        word = _words(mention.text)[-1]
        found = self.by_word[word]
        if any(role.noun == "pape" for role in mention.roles):
            return [entity for entity in found if _is_pope(entity)]
        alone = [entity for entity in found if len(_words(entity.name)) == 1]
        last = [entity for entity in found if _words(entity.name)[-1] == word]
        found = alone or last or found
        return [e for e in found if _agree(e.gender, mention.gender)] or found


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, folded, "al-" aside; at least one."""
    return tuple(PREFIX.sub("", word) for word in fold(name).split()) or (name,)


def _is_pope(entity: Entity) -> bool:
    return any(role.noun == "pape" for role in entity.roles)


def _without_places(doc: Doc, mentions: list[NameMention]) -> list[NameMention]:
    """Without the single words that are elsewhere the name of a place or an organisation, unless
    they are somebody's surname."""
    starts = {mention.start for mention in mentions}
    places = {
        text_of(doc, start, end)
        for start, end, label in tagged(doc)
        if label in ("LOC", "ORG") and start not in starts
    }
    surnames = {mention.text.split()[-1] for mention in mentions if " " in mention.text}
    return [
        mention
        for mention in mentions
        if mention.title
        or " " in mention.text
        or mention.text not in places
        or mention.text in surnames
    ]


def _with_surnames(doc: Doc, mentions: list[NameMention]) -> list[NameMention]:
    """`mentions` with the surnames of people named in full that the tagger missed elsewhere, and
    the first words of their names where they stand alone: "Kim" for "Kim Jong-un"."""
    surnames: dict[str, set[str]] = defaultdict(set)  # first token -> surnames
    first_words = set()
    for mention in mentions:
        start = mention.end - 1
        while start > mention.start and not doc[start - 1].whitespace_:
            start -= 1
        if mention.start < start and doc[start].text[0].isupper():
            surnames[doc[start].text].add(text_of(doc, start, mention.end))
            first_words.add(doc[mention.start].text)
    covered = {i for mention in mentions for i in range(mention.start, mention.end)}
    missed = []
    for i in _places(doc, [*surnames, *first_words]):
        if i in covered:
            continue
        for surname in surnames.get(doc[i].text, ()):
            end = i + 1
            while end < len(doc) and not doc[end - 1].whitespace_ and doc[end].text in surname:
                end += 1
            if text_of(doc, i, end) == surname:
                missed.append(NameMention(i, end, surname, "", (), "", True))
        if doc[i].text in first_words - surnames.keys() and _stands_alone(doc, i):
            missed.append(NameMention(i, i + 1, doc[i].text, "", (), "", True))
    return sorted([*mentions, *missed], key=lambda mention: mention.start)


def _stands_alone(doc: Doc, i: int) -> bool:
    """Whether a capitalised word is a name by itself, of no place or organisation."""
    if doc[i].ent_type_ not in ("", "PER") or not doc[i].text[0].isupper():
        return False
    return all(
        not doc[j].text[:1].isupper() and doc[j].text != "-"
        for j in (i - 1, i + 1)
        if 0 <= j < len(doc)
    )


def _places(doc: Doc, texts: Iterable[str]) -> list[int]:
    """Where the tokens with one of these texts stand."""
    wanted = set(texts)
    return [token.i for token in doc if token.text in wanted]


def _agree(a: str, b: str) -> bool:
    return not a or not b or a == b


def _same_name(a: str, b: str) -> bool:
    """One name is the other with more of it: "Poutine" and "Vladimir Poutine"."""
    x, y = _words(a), _words(b)
    if x == y:
        return True
    if x[-1] != y[-1]:
        return False
    if set(x) <= set(y) or set(y) <= set(x):
        return True
    short, long = sorted((x[0], y[0]), key=len)  # "E. Macron"
    return len(short.rstrip(".")) == 1 and long.startswith(short[0])


def _add(entity: Entity, mention: NameMention) -> None:
    entity.aliases.add(fold(mention.text))
    entity.mentions.append(mention.start)
    entity.spans.append((mention.start, mention.end))
    entity.roles += mention.roles
    entity.gender = entity.gender or mention.gender
    entity.guessed &= mention.guessed
