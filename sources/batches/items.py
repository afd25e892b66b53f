"""What a file, a folder or an archive holds, one after the other."""

from dataclasses import dataclass, field

from sources.origin import Origin


@dataclass(frozen=True)
class Item:
    """Something that was given; ``name`` is for the person who gave it, and for nothing else.

    ``through`` is how much of its file had been gone through then, from 0 to 1.
    """

    name: str
    through: float = field(default=1.0, kw_only=True)


@dataclass(frozen=True)
class Given(Item):
    """A document, not yet read: its bytes, and what came with them."""

    original: bytes
    origin: Origin = field(default_factory=Origin)
    file_name: str = ""
    media_type: str = ""
    charset: str = ""
    fetched_from: str = ""


@dataclass(frozen=True)
class Refusal(Item):
    """Why something is not taken in, in one sentence."""

    reason: str


@dataclass(frozen=True)
class LeftOut(Item):
    """A file among others that is no document, by the ending of its name."""

    ending: str
