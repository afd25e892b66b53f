from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Item:
    """One thing that a feed announces; "" and None for what it does not say.

    ``text`` is HTML, and only there where the feed carries the whole article.
    """

    key: str
    url: str = ""
    title: str = ""
    published_at: datetime | None = None
    text: str = ""


@dataclass(frozen=True)
class Listing:
    """What a feed or a sitemap announces.

    ``maps`` are the sitemaps that an index names, the most promising first; ``wait`` are the
    seconds after which the feed says it is worth asking again.
    """

    title: str = ""
    items: list[Item] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)
    is_index: bool = False
    wait: int = 0
