"""How far a file has been gone through."""

from dataclasses import dataclass

from sources.batches.items import Item


@dataclass(frozen=True)
class Place:
    """Where a file is gone on with: ``at`` is what its reader finds it by, a byte or a row.

    ``number`` lines, records or rows came before.
    """

    at: int = 0
    number: int = 0


@dataclass(frozen=True)
class Step:
    """What was come upon, and where to go on after it."""

    item: Item
    after: Place
