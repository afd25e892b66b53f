"""Everybody an article speaks of, and who of them has spoken so far."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc

from claims.extraction.entities import Entity
from claims.extraction.folding import fold
from claims.extraction.nouns import powers
from claims.extraction.organisations import main_place
from claims.extraction.quoted import around
from claims.extraction.referents import Referent, referents
from claims.extraction.roles import is_role
from claims.extraction.sentences import sentence_of

SUBJECT_PRONOUNS = {"il", "elle", "ils", "elles", "-il", "-elle", "-ils", "-elles"}
RECENT = 40  # mentions: how far back anybody looks
AROUND = 1500  # tokens: how far an institution may be from what takes it up


class Speaker(NamedTuple):
    """Whom a claim is attributed to; `candidates` has more than one name where it is ambiguous.

    `at` is the token of the mention; `noun` and `words` are what it was called there.
    """

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
    """The people and organisations of an article; `spoken` grows as its claims are read, and so
    does `taken_up`: whom the pronoun at a token stands for."""

    doc: Doc
    people: list[Entity]
    organisations: list[Entity]
    spoken: list[Speaker] = field(default_factory=list)
    taken_up: dict[int, Speaker] = field(default_factory=dict)
    content: tuple[tuple[int, int], ...] = ()  # the tokens of the claim whose speaker is looked for

    def in_content(self, at: int) -> bool:
        """Whether token `at` stands in what the claim in hand says: nobody there says it."""
        return any(start <= at < end for start, end in self.content)

    def speakers_before(self) -> Iterator[Speaker]:
        """Those who spoke last, the latest first."""
        return reversed(self.spoken[-RECENT:])

    def people_before(self, at: int) -> Iterator[tuple[int, Entity]]:
        """The mentions of people before token `at`, the latest first."""
        end = bisect_left(self._positions, at)
        for position in reversed(self._positions[max(0, end - RECENT) : end]):
            yield position, self._people_at[position]

    def pairs_before(self, at: int) -> Iterator[Speaker]:
        """Two people named together before token `at` ("X et Y"), the latest first."""
        for (second, other), (first, entity) in pairwise(self.people_before(at)):
            between = range(self._ends[first], second)
            if entity is not other and [self.doc[i].lower_ for i in between] == ["et"]:
                yield together((entity, other), first)

    def person_at(self, start: int, end: int) -> Iterator[tuple[int, Entity]]:
        """The people named in the tokens from `start` to `end`, in order.

        A name that only ends there counts as well: the tagger may have cut a mention short.
        """
        first = bisect_left(self._positions, start)
        if first and self._ends[self._positions[first - 1]] > start:
            first -= 1
        for position in self._positions[first : bisect_left(self._positions, end)]:
            yield position, self._people_at[position]

    def subjects_before(self, at: int, most: int) -> list[int]:
        """The last nouns before token `at` that are subjects or name people by what they are."""
        end = bisect_left(self._subjects, at)
        return self._subjects[max(0, end - most) : end]

    def pronouns_before(self, at: int, most: int) -> list[int]:
        """The last pronouns before token `at` that are subjects outside quotations."""
        end = bisect_left(self._pronouns, at)
        return self._pronouns[max(0, end - most) : end]

    def sentence_number(self, at: int) -> int:
        """Which sentence of the article token `at` stands in; white space counts for none."""
        return self._numbers[at]

    def organisation(self, name: str) -> Entity | None:
        """The organisation called so, by its name, its acronym or the first word of its name."""
        key = fold(name)
        found = self._called.get(key)
        if found or key in powers() or not name[:1].isupper():
            return found
        return self._begun.get(key)

    def referents_near(self, at: int) -> list[Referent]:
        """The institutions, documents and groups spoken of around token `at`."""
        first = bisect_left(self._referred, (at - AROUND,))
        last = bisect_left(self._referred, (at + AROUND,))
        near = dict.fromkeys(index for _, index in self._referred[first:last])
        return [self.referents[index] for index in near]

    @cached_property
    def referents(self) -> list[Referent]:
        """The institutions, documents and groups it describes."""
        return referents(self.doc, self.organisations)

    @cached_property
    def referred_to(self) -> frozenset[str]:
        """The names of `referents`."""
        return frozenset(referent.name for referent in self.referents)

    @cached_property
    def town(self) -> Entity | None:
        """The town it is about: "à Lorme"."""
        return main_place(self.doc, self.organisations, ("à",))

    @cached_property
    def county(self) -> Entity | None:
        """The county it is about: "dans la Manche", "Aubrémont (Nord)"."""
        return main_place(self.doc, self.organisations, ("dans la", "dans le", "dans l'", "("))

    @cached_property
    def _called(self) -> dict[str, Entity]:
        pairs = [(alias, entity) for entity in self.organisations for alias in entity.aliases]
        return dict(reversed(pairs))

    @cached_property
    def _begun(self) -> dict[str, Entity]:
        names = [
            (fold(entity.name).split(), entity)
            for entity in reversed(self.organisations)
            if entity.kind == "ORG"
        ]
        return {name[0]: entity for name, entity in names if len(name) > 1}

    @cached_property
    def _referred(self) -> list[tuple[int, int]]:
        """The mentions of the referents in order, each with the number of its referent."""
        return sorted((at, i) for i, item in enumerate(self.referents) for at in item.mentions)

    @cached_property
    def role_holders(self) -> dict[int, Entity]:
        """Token of a role noun -> the person named beside it."""
        return {role.at: entity for entity in self.people for role in entity.roles}

    @cached_property
    def _people_at(self) -> dict[int, Entity]:
        return {at: entity for entity in self.people for at in entity.mentions}

    @cached_property
    def _ends(self) -> dict[int, int]:
        return {start: end for entity in self.people for start, end in entity.spans}

    @cached_property
    def _positions(self) -> list[int]:
        return sorted(self._people_at)

    @cached_property
    def _subjects(self) -> list[int]:
        """The nouns that are subjects or name people by what they are."""
        return [
            token.i
            for token in self.doc
            if token.pos_ in ("NOUN", "PROPN")
            and (token.dep_.startswith("nsubj") or _names_people(token.lower_))
        ]

    @cached_property
    def _pronouns(self) -> list[int]:
        return [
            token.i
            for token in self.doc
            if token.lower_ in SUBJECT_PRONOUNS
            and token.dep_.startswith("nsubj")  # no "il" of "il faut"
            and around(self.doc, token.i) is None
        ]

    @cached_property
    def _numbers(self) -> list[int]:
        numbers, number = [], -1
        i = 0
        while i < len(self.doc):
            end = sentence_of(self.doc, i).end
            number += not self.doc[i].is_space
            numbers += [number] * (end - i)
            i = end
        return numbers


@lru_cache(maxsize=4096)
def _names_people(noun: str) -> bool:
    return is_role(noun) or is_role(noun.removesuffix("s"))


def agree(a: str, b: str) -> bool:
    """Whether two genders may be the same; an unknown one agrees with both."""
    return not a or not b or a == b


def together(people: Sequence[Entity], at: int) -> Speaker:
    """Several people as one speaker, in the order given."""
    *names, last = (entity.name for entity in people)
    joined = f"{', '.join(names)} et {last}"
    gender = "f" if all(entity.gender == "f" for entity in people) else "m"
    return Speaker(joined, "person", gender, True, (joined,), at)


def person(entity: Entity, at: int = 0) -> Speaker:
    """A named person as speaker."""
    names = (entity.name, *entity.namesakes)
    return Speaker(entity.name, "person", entity.gender, False, names, at)
