"""What workers do: bytes in, texts with their claims out. They know no database."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from claims import engine
from claims.arrivals import Unread
from claims.extraction import Reading as Found
from sources.origin import Origin
from sources.readers.page import Page
from sources.refused import Refused

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Orders:
    """What holds for all texts: the day it is, and the language of what is said of them."""

    today: date
    language: str


@dataclass(frozen=True)
class Read:
    """A text with its claims; without its bytes, which whoever asked has."""

    page: Page
    origin: Origin
    found: Found | None  # None: the extractor fails at it


@dataclass(frozen=True)
class Answer:
    """What became of each document, in order: read, or the reason why it is refused."""

    extractor: str
    documents: list[Read | str]


def read(unread: list[Unread], orders: Orders) -> Answer:
    """Read some documents, and find their claims."""
    with override(orders.language):
        texts = [_text(one, orders.today) for one in unread]
    found = _found([_as_read(text) for text in texts if not isinstance(text, str)])
    documents = [
        text if isinstance(text, str) else Read(text.page, text.origin, next(found))
        for text in texts
    ]
    return Answer(engine.version(), documents)


def _text(one: Unread, today: date):
    try:
        return one.text(today)
    except Refused as reason:
        return str(reason)


def _as_read(text) -> tuple[str, str | None]:
    published_on = text.origin.published_on
    return text.page.text, published_on and published_on.isoformat()


def _found(texts: list[tuple[str, str | None]]) -> Iterator[Found | None]:
    """What is found in each; a text that the extractor fails at keeps no other out."""
    try:
        return iter(list(engine.extractor().read_many(texts)))
    except Exception:
        log.exception("The extractor fails at one of %d texts", len(texts))
        return map(_alone, texts)


def _alone(text: tuple[str, str | None]) -> Found | None:
    try:
        return engine.extractor().read(*text)
    except Exception:
        log.exception("The extractor fails at a text of %d characters", len(text[0]))
        return None
