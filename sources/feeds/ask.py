"""Ask a feed what it announces; of an index of sitemaps, what the first of those announce."""

from dataclasses import dataclass
from datetime import datetime

from sources.feeds.read import read
from sources.fetching.addresses import shown
from sources.fetching.fetch import Fetched, fetch
from sources.models import Fetch
from sources.readers.listing import Item, Listing
from sources.refused import Refused

TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/x-rss+xml",
    "application/xml",
    "text/xml",
    # Servers send feeds as these; and a page may name its feed.
    "text/plain",
    "text/html",
    "application/xhtml+xml",
)
MOST_MAPS = 3


@dataclass(frozen=True)
class Answer:
    """What a feed answered: ``listing`` is None where nothing changed since it was read.

    ``read`` is the fetch to compare the next answer with. An index has none: when it is the same,
    the sitemaps it names may not be.
    """

    fetched: Fetched
    listing: Listing | None
    read: Fetch | None


def ask(url: str, before: Fetch | None, now: datetime) -> Answer:
    """Fetch and read a feed that was read ``before``, or never; raises Refused."""
    fetched = fetch(url, now=now, accept=TYPES, before=before)
    if before and fetched.attempt.sha256 == before.sha256:
        return Answer(fetched, None, before)
    listing = _read(fetched)
    if listing.is_index:
        return Answer(fetched, Listing(items=_in_maps(listing.maps, now)), None)
    return Answer(fetched, listing, fetched.attempt)


def _read(fetched: Fetched) -> Listing:
    attempt = fetched.attempt
    return read(fetched.content, charset=attempt.charset, url=attempt.final_url)


def _in_maps(urls: list[str], now: datetime) -> list[Item]:
    """What those sitemaps announce that can be read; raises Refused if none can."""
    items, refused = [], []
    for url in urls[:MOST_MAPS]:
        try:
            items += _read(fetch(url, now=now, accept=TYPES)).items
        except Refused as refusal:
            refused.append(f"{shown(url)}: {refusal}")
    if refused and len(refused) == len(urls[:MOST_MAPS]):
        raise Refused(refused[0])
    return items
