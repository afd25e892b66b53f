"""Feeds for tests."""

from email.utils import format_datetime
from html import escape

from tests.factories import NOON

PARAGRAPH = (
    "La maire de Vernaz, Jeanne Roux, a promis mardi que deux écoles ouvriraient en 2027, devant "
    "un conseil municipal réuni pour voter le budget de la commune. "
)
WHOLE = f"<p>{PARAGRAPH * 20}</p>"  # longer than any teaser
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10))


def entry(path="/a", title="Deux écoles", *, guid="", published=NOON, text="", link=True) -> str:
    """An item of RSS 2.0."""
    parts = [f"<title>{escape(title)}</title>"]
    parts += [f"<link>{path}</link>"] if link else []
    parts += [f'<guid isPermaLink="false">{guid}</guid>'] if guid else []
    parts += [f"<pubDate>{format_datetime(published)}</pubDate>"] if published else []
    parts += [f"<content:encoded><![CDATA[{text}]]></content:encoded>"] if text else []
    return f"<item>{''.join(parts)}</item>"


def rss(*entries: str, said: str = "") -> bytes:
    """A feed in RSS 2.0; ``said`` is what else its channel says."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f"<channel><title>Le Jour</title>{said}{''.join(entries)}</channel></rss>"
    ).encode()


def news_sitemap(*pages: tuple[str, str, str]) -> bytes:
    """A sitemap of pages: address, publication date (or ""), title."""
    urls = "".join(
        f"<url><loc>{escape(url)}</loc><lastmod>2025-12-08</lastmod>"
        + (
            f"<news:news><news:publication_date>{date}</news:publication_date>"
            f"<news:title>{escape(title)}</news:title></news:news>"
            if date
            else ""
        )
        + "<image:image><image:loc>/i.jpg</image:loc><image:title>Photo</image:title></image:image>"
        "</url>"
        for url, date, title in pages
    )
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        f'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">{urls}</urlset>'
    ).encode()


def sitemap_index(*maps: tuple[str, str]) -> bytes:
    """An index of sitemaps: address, date (or "")."""
    named = "".join(
        f"<sitemap><loc>{url}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>"
        for url, date in maps
    )
    return (
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</sitemapindex>'
    ).encode()
