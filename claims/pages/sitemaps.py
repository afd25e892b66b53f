"""Sitemaps and robots.txt: where the public pages are, for search engines."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from claims.origin import origin
from claims.sitemaps import SECTIONS

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# The pages of no row.
PAGES = [
    "home",
    "claims",
    "developments",
    "corrections",
    "speakers",
    "feeds",
    "methodology",
    "about",
    "policies",
    "privacy",
    "contact",
]
ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /en/admin/
Disallow: /claims/?*&
Disallow: /en/claims/?*&

Sitemap: {index}
"""


@require_safe
def robots(request):
    index = request.build_absolute_uri(reverse("sitemap-index"))
    return HttpResponse(ROBOTS.format(index=index), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request):
    """All the files, and when each changed last."""
    files = [(reverse("sitemap-of-pages"), None)]
    for name, section in SECTIONS.items():
        files += [(reverse("sitemap", args=[name, n]), changed) for n, changed in section.files()]
    site = origin(request)
    listed = "".join(
        f"<sitemap><loc>{site}{path}</loc>{_changed(changed)}</sitemap>\n"
        for path, changed in files
    )
    xml = f'{HEAD}<sitemapindex xmlns="{PROTOCOL}">\n{listed}</sitemapindex>\n'
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")


@require_safe
def sitemap_of_pages(request):
    return _urlset(request, [(_paths(page), None) for page in PAGES])


@require_safe
def sitemap(request, section, number):
    """The file of a section for a range of ids."""
    if section not in SECTIONS:
        raise Http404
    rows = SECTIONS[section].file(number)
    # Where that is not known of a whole file, it may be listed and have nothing in it.
    if not rows and SECTIONS[section].added:
        raise Http404
    # Asked once: for each it would take longer than all the rest.
    here = {code: path.split("0", 1) for code, path in _paths(SECTIONS[section].page, "0").items()}
    pages = (
        ({code: before + public_id + after for code, (before, after) in here.items()}, changed)
        for public_id, changed in rows
    )
    return _urlset(request, pages)


def _paths(page: str, *args: str) -> dict[str, str]:
    """Where a page is in each language."""
    paths = {}
    for code in LANGUAGES:
        with translation.override(code):
            paths[code] = reverse(page, args=args)
    return paths


def _urlset(request, pages: Iterable[tuple[dict[str, str], datetime | None]]):
    xml = _urls(origin(request), pages)
    return StreamingHttpResponse(xml, content_type="application/xml; charset=utf-8")


def _urls(site: str, pages: Iterable[tuple[dict[str, str], datetime | None]]) -> Iterator[str]:
    """A page in each language, and with each where it is in the others."""
    xhtml = "http://www.w3.org/1999/xhtml"
    yield f'{HEAD}<urlset xmlns="{PROTOCOL}" xmlns:xhtml="{xhtml}">\n'
    for paths, changed in pages:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{site}{path}"/>'
            for code, path in [*paths.items(), ("x-default", paths[settings.LANGUAGE_CODE])]
        )
        said = f"{_changed(changed)}{others}"
        yield "".join(f"<url><loc>{site}{path}</loc>{said}</url>\n" for path in paths.values())
    yield "</urlset>\n"


def _changed(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return f"<lastmod>{moment.astimezone(UTC).isoformat(timespec='seconds')}</lastmod>"
