"""A web page to the text of its article, with trafilatura."""

import re
from copy import deepcopy
from datetime import date
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction, extract_metadata

from sources.readers import boilerplate, charset, layout, paywall
from sources.readers.kind import Kind
from sources.readers.page import Page
from sources.readers.text import CONTROL
from sources.readers.unreadable import Reason, Unreadable

SHORTEST = 200  # characters: less is no article
DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
SAVED_FROM = re.compile(  # what browsers and SingleFile note when they save a page
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url: )(https?://\S+)"
)
ENTITIES = re.compile(r"<!(?:ENTITY\b|DOCTYPE[^>\[]{0,1000}\[)", re.IGNORECASE)


def read(original: bytes, *, declared: str = "", url: str = "") -> Page:
    """The article of a page, and what the page says of it."""
    markup = charset.decode(original, declared)
    if ENTITIES.search(markup):
        raise Unreadable(Reason.ENTITIES)
    if not url and (saved := SAVED_FROM.search(markup, 0, 5_000)):
        url = saved[1]
    tree = _tree(markup)
    closed = paywall.is_closed(tree)
    said = extract_metadata(
        deepcopy(tree), url or None, {"original_date": True, "extensive_search": False}
    )
    language = _language(tree)
    boilerplate.prune(tree)
    layout.unfold_tables(tree)
    layout.frame_article(tree)
    layout.bring_in_standfirst(tree)
    found = bare_extraction(tree, url=url or None, include_comments=False, include_tables=False)
    title = said.title or ""
    text = _paragraphs(found.text if found else "", title)
    if closed and len(text) < paywall.WHOLE:
        raise Unreadable(Reason.PAYWALL)
    if len(text) < SHORTEST:
        raise Unreadable(Reason.NO_ARTICLE, count=len(text))
    return Page(
        text,
        Kind.HTML,
        title=title,
        byline=", ".join((said.author or "").split("; ")),
        publisher=said.sitename or "",
        canonical_url=_address(said.url),
        language=language,
        published_on=date.fromisoformat(said.date) if said.date else None,
    )


def _tree(markup: str) -> HtmlElement:
    markup = CONTROL.sub("", DECLARATION.sub("", markup, count=1)).replace("\0", "")
    parser = HTMLParser(collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(markup, parser=parser)
    except etree.ParserError as error:
        raise Unreadable(Reason.NO_ARTICLE, count=0) from error
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            deep = "depth" in entry.message  # else one piece of text of more than 10 MB
            raise Unreadable(Reason.TOO_DEEP if deep else Reason.MEMORY)
    return tree


def _paragraphs(text: str, title: str) -> str:
    """A blank line between paragraphs; the headline is kept as the title."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    headline = lines.index(title) + 1 if title in lines[:3] else 0  # a kicker may be above it
    return "\n\n".join(lines[headline:])


def _language(tree: HtmlElement) -> str:
    """Its language without the country: "fr" of fr-FR or fr_FR."""
    for value in (tree.get("lang"), *tree.xpath("//meta[@property='og:locale']/@content")):
        if found := re.match(r"[a-z]{2,3}(?=[-_]|$)", (value or "").strip().lower()):
            return found[0]
    return ""


def _address(url: str | None) -> str:
    """ "" for the front page, which pages name by mistake: it would make one document of all."""
    parts = urlsplit(url or "")
    return url if parts.scheme in ("http", "https") and parts.path.strip("/") else ""
