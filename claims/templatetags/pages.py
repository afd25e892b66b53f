"""What the public pages need beside Django's own tags."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template.defaultfilters import stringfilter
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html

from sources.partial_date import PartialDate

register = template.Library()
FRENCH_SPACE = re.compile(r"(?<=«) | (?=[»:;!?])")


@register.simple_tag(takes_context=True)
def address(context, language: str | None = None) -> str:
    """The one path of this page, in its own language or another; that of the home page if there
    is no such page.
    """
    match = context["request"].resolver_match
    page = context.get("page")
    with translation.override(language or translation.get_language()):
        if not match:
            return reverse("home")
        path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    return f"{path}?page={page.number}" if page and page.number > 1 else path


@register.filter
def host(url: str | None) -> str:
    """Whose address it is: "lemonde.fr"; empty if it is not one of the web."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    return (parts.hostname or "").removeprefix("www.")


@register.filter(is_safe=True)
@stringfilter
def typeset(text: str) -> str:
    """No line breaks between a French sign and its word: "« oui » !"."""
    return FRENCH_SPACE.sub("\u00a0", text)


@register.filter(is_safe=True)
@stringfilter
def oneline(text: str) -> str:
    """The words with one space between them."""
    return " ".join(text.split())


@register.filter
def day(moment: datetime) -> PartialDate:
    """The day it was here, shown as every other date."""
    return PartialDate.day(timezone.localdate(moment))


@register.filter
def as_time(date: PartialDate) -> str:
    """A date as the element HTML has for it."""
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), date)


@register.filter
def language(claim) -> str:
    """The language its text is in: the editors', where they worded it."""
    return settings.LANGUAGE_CODE if claim.wording else claim.document.language


@register.inclusion_tag("claims/_pagination.html")
def pagination(page) -> dict:
    """Previous, next and the numbers around this page."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1)
    return {"page": page, "numbers": numbers}
