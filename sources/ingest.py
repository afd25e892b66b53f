"""Bring a text in: bytes in, one snapshot out, or one sentence that says why not."""

from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from sources.keep import Ingested, keep
from sources.known import Text
from sources.origin import Origin
from sources.read import read


def ingest(original: bytes, origin: Origin, *, today: date, **sent_with: str) -> Ingested:
    """Read ``original`` and keep its text as a snapshot of its document.

    ``sent_with`` is what ``take_apart`` takes. Raises Refused; nothing is written then.
    """
    (kept,) = keep([take_apart(original, origin, today=today, **sent_with)])
    return kept


def take_apart(
    original: bytes,
    origin: Origin,
    *,
    today: date,
    otherwise: Origin = Origin(),  # noqa: B008  it never changes
    name: str = "",
    media_type: str = "",
    charset: str = "",
    fetched_from: str = "",
) -> Text:
    """The text of ``original`` and what is known of it; raises Refused.

    What a page says of itself counts where ``origin`` says nothing, and ``otherwise`` where neither
    does; of where it was fetched from it is believed within its own site only.
    """
    origin.check(today)
    address = origin.url or fetched_from
    page = read(original, name=name, media_type=media_type, charset=charset, url=address)
    said = Origin.of(page, today)
    if fetched_from and not (said.url and _site(said.url) == _site(fetched_from)):
        said = replace(said, url=fetched_from)
    return Text(page, original, origin.or_else(said).or_else(otherwise))


def _site(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")
