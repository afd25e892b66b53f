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


def name_mentions(doc: Doc) -> Iterator[NameMention]:
    """The names of people in `doc`, in order, with what they are called there."""
    seen = -1
    for start, end in name_spans(doc):
        if start < seen:
            continue
        seen = end
        title = doc[start - 1].text if start and doc[start - 1].text in titles() else ""
        roles = [*roles_before(doc, start), *roles_after(doc, end)]
        gender = titles().get(title, "") or _gender(doc, start, roles)
        roles += [Role(noun, frozenset(), start) for noun in BY_TITLE.get(title, ())]
        yield NameMention(start, end, text_of(doc, start, end), title, tuple(roles), gender)


def _gender(doc: Doc, start: int, roles: list[Role]) -> str:
    """By a feminine role, the first name, a masculine role: "le docteur Anne X" is a woman."""
    by_role = [noun_gender(doc[role.at]) for role in roles]
    if "f" in by_role:
        return "f"
    return gender_of(doc[start].text) or ("m" if "m" in by_role else "")
