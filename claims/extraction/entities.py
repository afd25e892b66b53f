"""Whom an article names: people, by all the forms of their name and the roles it gives them."""

from collections import defaultdict
from dataclasses import dataclass, field

from spacy.tokens import Doc

from claims.extraction.folding import fold
from claims.extraction.names import NameMention, first_names, name_mentions
from claims.extraction.roles import Role


@dataclass
class Entity:
    """A person or organisation the article names; `mentions` are token positions, in order."""

    name: str
    kind: str
    gender: str = ""  # "m", "f" or "" where the article does not tell
    aliases: set[str] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    namesakes: tuple[str, ...] = ()  # others in the article with the same surname


def people(doc: Doc) -> list[Entity]:
    """The people `doc` names, each once, in order of first mention."""
    places = {entity.text for entity in doc.ents if entity.label_ in ("LOC", "ORG")}
    mentions = [
        mention
        for mention in name_mentions(doc)
        if mention.title or " " in mention.text or mention.text not in places
    ]
    mentions = _with_surnames(doc, mentions)
    found: list[Entity] = []
    by_word: dict[str, list[Entity]] = defaultdict(list)

    def create(mention: NameMention) -> Entity:
        entity = Entity(mention.text, "person")
        found.append(entity)
        for word in {*fold(mention.text).split()}:
            by_word[word].append(entity)
        return entity

    for mention in mentions:  # full names first: a surname then finds its owner, before or after
        if " " in mention.text:
            known = by_word[fold(mention.text).split()[-1]]
            entity = next((e for e in known if _same_name(e.name, mention.text)), None)
            entity = entity or create(mention)
            entity.name = max(entity.name, mention.text, key=len)
            _add(entity, mention)
    for mention in mentions:
        if " " not in mention.text:
            known = by_word[fold(mention.text)]
            known = [e for e in known if _agree(e.gender, mention.gender)] or known
            entity = known[0] if known else create(mention)
            entity.namesakes = tuple(other.name for other in known[1:])
            _add(entity, mention)
    for entity in found:
        entity.mentions.sort()
        if any(role.noun == "pape" for role in entity.roles) and " " not in entity.name:
            entity.name = f"pape {entity.name}"
    return sorted(found, key=lambda entity: entity.mentions[0])


def _with_surnames(doc: Doc, mentions: list[NameMention]) -> list[NameMention]:
    """`mentions` with the surnames of people named in full that the tagger missed elsewhere."""
    surnames = {mention.text.split()[-1] for mention in mentions if " " in mention.text}
    covered = {i for mention in mentions for i in range(mention.start, mention.end)}
    missed = [
        NameMention(token.i, token.i + 1, token.text, "", (), "")
        for token in doc
        if token.text in surnames and token.i not in covered
    ]
    return sorted([*mentions, *missed], key=lambda mention: mention.start)


def _agree(a: str, b: str) -> bool:
    return not a or not b or a == b


def _same_name(a: str, b: str) -> bool:
    """One name is the other with more of it: "Poutine" and "Vladimir Poutine"."""
    x, y = fold(a).split(), fold(b).split()
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
    entity.roles += mention.roles
    first = mention.text.split()[0]
    entity.gender = entity.gender or mention.gender or first_names().get(first, "")
