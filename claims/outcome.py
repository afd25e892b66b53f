"""What became of what was given, and who hears of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from claims.record import Recorded
from sources.batches.items import Item
from sources.keep import Ingested


class State(StrEnum):
    """What became of an item."""

    NEW = "new"
    KNOWN = "known"
    REFUSED = "refused"
    LEFT_OUT = "left out"

    @classmethod
    def of(cls, ingested: Ingested) -> "State":
        """Of what is kept: whether it was there."""
        return cls.NEW if ingested.created else cls.KNOWN


@dataclass(frozen=True)
class Outcome:
    """What became of an item: ``recorded`` if its claims were now, ``reason`` if it was refused."""

    item: Item
    state: State
    recorded: Recorded | None = None
    reason: str = ""


class Observer(Protocol):
    """Hears how it goes."""

    def seen(self, item: Item) -> None:
        """Nothing but writing is left to do for it."""

    def tell(self, outcome: Outcome) -> None:
        """What became of an item, once it is written."""

    def away(self) -> None:
        """The database went away, and is waited for."""
