"""What a feed says of one row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Model

# Fixed for ever: ids are made of it.
NAMESPACE = UUID("69cd321d-8a08-4487-8c61-0ef80a0441de")
# Signs that would turn the direction of what a reader's program shows beside a plain text.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def permanent_id(name: str) -> str:
    """The same for ever, wherever the site is and in every language: ``claims/b2c3d4…``."""
    return uuid5(NAMESPACE, name).urn


def plain(text: str) -> str:
    """In one line, for a place where there is no markup."""
    return " ".join(TURNING.sub("", text).split())


@dataclass(frozen=True)
class Label:
    """A category: ``scheme`` is where the page of feeds explains its ``term``."""

    scheme: str
    term: str
    label: str


@dataclass(frozen=True)
class Entry:
    """One row as a feed tells it.

    ``language`` is that of the title; ``template`` makes its content of the ``row``; ``via`` is
    the address of its source, empty if it has none. ``updated`` is when what it says changed last.
    """

    id: str
    path: str
    title: str
    language: str
    summary: str
    published: datetime
    updated: datetime
    labels: list[Label]
    template: str
    row: Model = field(repr=False)
    via: str = ""


def latest(moments: Iterable[datetime | None]) -> datetime:
    """The last of these, of which some may not have come."""
    return max(moment for moment in moments if moment)
