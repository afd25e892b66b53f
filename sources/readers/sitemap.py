"""Sitemaps: the pages of a site with their dates, or the sitemaps that an index names."""

from datetime import UTC, datetime
from operator import itemgetter

from lxml import etree

from sources.readers.listing import Item
from sources.readers.unreadable import Reason, Unreadable

UNDATED = datetime.min.replace(tzinfo=UTC)


def pages(markup: str) -> list[Item]:
    """The pages with a publication date, the latest first.

    Those without cannot be told from all that a site ever had; raises Unreadable if none has one.
    """
    entries = _entries(markup, "url")
    items = [
        Item(url, url, _said(entry, "title"), published_at)
        for entry in entries
        if (url := _said(entry, "loc"))
        and (published_at := _date(_said(entry, "publication_date")))
    ]
    if entries and not items:
        raise Unreadable(Reason.NO_ARTICLE)
    return sorted(items, key=lambda item: item.published_at, reverse=True)


def maps(markup: str) -> list[str]:
    """The addresses an index names: those of news first, the latest first."""
    ranked = [
        ("news" in url.lower(), _date(_said(entry, "lastmod")) or UNDATED, url)
        for entry in _entries(markup, "sitemap")
        if (url := _said(entry, "loc"))
    ]
    return [url for _news, _date, url in sorted(ranked, key=itemgetter(0, 1), reverse=True)]


def _entries(markup: str, name: str) -> list[etree._Element]:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True
    )
    tree = etree.fromstring(markup.encode(errors="replace"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Unreadable(Reason.TOO_DEEP)
    entries = [] if tree is None else tree.xpath("*[local-name() = $name]", name=name)
    if parser.error_log and not entries:
        raise Unreadable(Reason.DAMAGED)
    return entries


def _said(entry: etree._Element, name: str) -> str:
    """The text of an element, in whatever namespace; an image's title is not the page's."""
    found = entry.xpath(
        "string((*[local-name() = $name] | *[local-name() = 'news']/*[local-name() = $name])[1])",
        name=name,
    )
    return " ".join(found.split())


def _date(value: str) -> datetime | None:
    try:
        date = datetime.fromisoformat(value)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
