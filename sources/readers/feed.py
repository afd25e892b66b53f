"""A feed to what it announces: RSS and Atom with feedparser, sitemaps in ``sitemap.py``."""

import re
from calendar import timegm
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urljoin

import feedparser
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from sources.readers import charset, paywall, sitemap
from sources.readers.html import ENTITIES
from sources.readers.listing import Item, Listing
from sources.readers.text import CONTROL
from sources.readers.unreadable import Reason, Unreadable

MOST = 1_000  # entries: as many as a news sitemap may have
HEAD = 20_000  # characters: further down no feed begins, however broken
LONGEST_TEXT = 500_000  # characters
PAGE = re.compile(
    r"(?>\s+|<!--.*?-->|<\?xml.*?\?>)*+<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# Servers print warnings before it; without what stands before it no entity is defined either.
ROOT = re.compile(
    r"<(?:[a-z][\w.-]*:)?(rss|rdf|feed|urlset|sitemapindex)(?![\w:.-])", re.IGNORECASE
)
REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)
PERIODS = {  # hours, as the syndication module of RSS has them
    "hourly": 1,
    "daily": 24,
    "weekly": 7 * 24,
    "monthly": 30 * 24,
    "yearly": 365 * 24,
}
NAMED = "//link[contains(concat(' ', @rel, ' '), ' alternate ')][contains('{}', @type)]/@href"
FEED_TYPES = "application/rss+xml application/atom+xml"


def read(original: bytes, *, declared: str = "", url: str = "") -> Listing:
    """What a feed announces; of a broken one what can be read. Raises Unreadable."""
    markup = CONTROL.sub("", charset.decode(original, declared)).replace("\0", "")
    if not markup.strip():
        raise Unreadable(Reason.EMPTY)
    if PAGE.match(markup):
        raise Unreadable(Reason.PAGE, feed=_named_in(markup, url))
    root = ROOT.search(markup, 0, HEAD)
    if ENTITIES.search(markup, 0, root.start() if root else HEAD):
        raise Unreadable(Reason.ENTITIES)
    if not root:
        raise Unreadable(Reason.XML if markup.lstrip().startswith("<") else Reason.TEXT)
    markup = markup[root.start() :]
    match root[1].lower():
        case "urlset":
            return Listing(items=sitemap.pages(markup)[:MOST])
        case "sitemapindex":
            return Listing(maps=sitemap.maps(markup), is_index=True)
    return _syndicated(markup, url)


def _syndicated(markup: str, url: str) -> Listing:
    # From a stream: of a string feedparser would fetch the address or open the file it names.
    parsed = feedparser.parse(
        BytesIO(REFERENCE.sub(_if_a_character, markup).encode(errors="replace")),
        response_headers={
            "content-type": "application/xml; charset=utf-8",
            "content-location": url,
        },
    )
    items = [item for entry in parsed.entries[:MOST] if (item := _item(entry)).key]
    if parsed.bozo:
        # One that breaks off before its address is announced whole another time.
        items = [item for item in items if item.url]
        if not items:
            raise Unreadable(Reason.DAMAGED)
    return Listing(_words(parsed.feed.get("title_detail")), items, wait=_wait(parsed.feed))


def _if_a_character(reference: re.Match) -> str:
    """At a reference to no character feedparser breaks off."""
    hexadecimal, decimal = (digits and digits[:9] for digits in reference.groups())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    character = 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF
    return reference[0] if character else ""


def _item(entry: feedparser.FeedParserDict) -> Item:
    url = _clean(entry.get("feedburner_origlink") or entry.get("link") or "")
    title = _words(entry.get("title_detail"))
    return Item(
        _clean(entry.get("id", "")) or url or title, url, title, _date(entry), _whole_text(entry)
    )


def _date(entry: feedparser.FeedParserDict) -> datetime | None:
    # Asked for an update that it has not, feedparser warns of its future.
    when = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    with suppress(ValueError, OverflowError, TypeError):
        return datetime.fromtimestamp(timegm(when), UTC)
    return None


def _whole_text(entry: feedparser.FeedParserDict) -> str:
    """The longest text of an entry, if that is as long as a whole article."""
    texts = [content.get("value", "") for content in entry.get("content", [])]
    longest = max([*texts, entry.get("summary", "")], key=len)
    if not paywall.WHOLE <= len(longest) <= LONGEST_TEXT:
        return ""
    tree = _tree(longest)
    words = " ".join(tree.text_content().split()) if tree is not None else ""
    return _clean(longest) if len(words) >= paywall.WHOLE else ""


def _words(detail: dict | None) -> str:
    """The text of a title, which may be HTML."""
    value = (detail or {}).get("value", "")
    if value and detail.get("type") == "text/html" and (tree := _tree(value)) is not None:
        value = tree.text_content()
    return _clean(" ".join(value.split()))


def _tree(markup: str) -> HtmlElement | None:
    try:
        return document_fromstring(markup)
    except etree.ParserError:  # There is nothing in it.
        return None


def _clean(value: str) -> str:
    """Without what no database takes and only character references bring in."""
    return CONTROL.sub("", value).replace("\0", "").encode(errors="replace").decode().strip()


def _wait(said: feedparser.FeedParserDict) -> int:
    """Seconds, by ttl (minutes) or by the syndication module, whichever is more."""
    ttl = _number(said.get("ttl", ""), 0) * 60
    hours = PERIODS.get(said.get("sy_updateperiod", "").strip().lower(), 0)
    times = _number(said.get("sy_updatefrequency", ""), 1) or 1
    return max(ttl, hours * 3600 // times)


def _number(value: str, otherwise: int) -> int:
    return int(value) if re.fullmatch(r"[0-9]{1,6}", value.strip()) else otherwise


def _named_in(markup: str, url: str) -> str:
    """The address of the first feed that a page names; "" if none."""
    tree = _tree(markup)
    named = tree.xpath(NAMED.format(FEED_TYPES)) if tree is not None else []
    with suppress(ValueError):
        return urljoin(url, named[0].strip())[:2000] if named else ""
    return ""
