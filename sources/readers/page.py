from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Page:
    """The words of a file, and what it says of itself; "" and None for what it does not say.

    Paragraphs of ``text`` are separated by a blank line; a plain text stays as it was written.
    """

    text: str
    media_type: str
    title: str = ""
    byline: str = ""
    publisher: str = ""
    canonical_url: str = ""
    language: str = ""
    published_on: date | None = None
