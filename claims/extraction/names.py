"""The names of people in an article, each with what it is called there."""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from claims.extraction.document import text_of
from claims.extraction.given_names import gender_of, titles
from claims.extraction.name_spans import name_spans
from claims.extraction.roles import Role, noun_gender, roles_after, roles_before

# What a form of address says of somebody.
BY_TITLE = {
    **dict.fromkeys(("Me", "Maître", "maître"), ("avocat", "avocate")),
    **dict.fromkeys(("Dr", "Dr."), ("médecin", "docteur")),
    **dict.fromkeys(("Pr", "Pr."), ("professeur",)),
    "Mgr": ("évêque",),
}


class NameMention(NamedTuple):
    """A name where it stands; tokens, end exclusive."""

    start: int
    end: int
    text: str
    title: str
    roles: tuple[Role, ...]
    gender: str
    guessed: bool = False
    """Whether the first name alone tells the gender."""


def name_mentions(doc: Doc) -> Iterator[NameMention]:
    """The names of people in `doc`, in order, with what they are called there."""
    seen = -1
    for start, end in name_spans(doc):
        if start < seen:
            continue
        seen = end
        title = doc[start - 1].text if start and doc[start - 1].text in titles() else ""
        roles = [*roles_before(doc, start), *roles_after(doc, end)]
        titled = titles().get(title, "")
        told = titled or _gender(doc, roles)
        # "le docteur Anne X" is a woman.
        gender = told if titled or told == "f" else gender_of(doc[start].text) or told
        roles += [Role(noun, frozenset(), start) for noun in BY_TITLE.get(title, ())]
        text = text_of(doc, start, end)
        yield NameMention(start, end, text, title, tuple(roles), gender, not told)


def _gender(doc: Doc, roles: list[Role]) -> str:
    """By the roles, of which a feminine one outweighs the others."""
    told = [noun_gender(doc[role.at]) for role in roles]
    return "f" if "f" in told else "m" if "m" in told else ""
