"""The JSON-LD that a page carries, with lxml."""

import re
from dataclasses import dataclass

from lxml import etree, html

from sources.readers import charset
from sources.readers.unreadable import Reason, Unreadable

MEDIA_TYPE = re.compile(r"\s*application/ld\+json\b", re.IGNORECASE)
# How pages hide it from old browsers.
WRAPPING = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$")
MOST = 1_000


@dataclass
class Scripts:
    """The texts of a page's application/ld+json scripts, in their order."""

    scripts: list[str]


def read(original: bytes, declared: str = "") -> Scripts:
    text = charset.decode(original, declared)
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        page = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable(Reason.DAMAGED) from error
    found = [
        WRAPPING.sub("", script.text or "").strip()
        for script in page.iter("script")
        if MEDIA_TYPE.match(script.get("type", ""))
    ]
    return Scripts([script for script in found if script][:MOST])
