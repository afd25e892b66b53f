"""What the public pages need beside Django's own tags."""

import re
from datetime import date, datetime
from urllib.parse import urlencode, urlsplit

from django import template
from django.conf import settings
from django.template.defaultfilters import stringfilter
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join

from sources.partial_date import PartialDate

register = template.Library()
STRETCHES = ("before", "after")
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
TITLES = "".join(rf"|(?<=\b{title}) (?=[A-ZÀ-Ý])" for title in (r"M\.", r"MM\.", "Mme", "Mmes"))
BOUND_SPACE = re.compile(
    rf"(?<=«) | (?=[»:;!?])|(?<=\d) (?=(?:{MONTHS})\b)|(?<=\b1er) (?=(?:{MONTHS})\b){TITLES}"
)


@register.simple_tag(takes_context=True)
def address(context, language: str | None = None, *, today: bool = False) -> str:
    """The one path of this page, in its own language or another, and of its own time or
    ``today``; that of the home page if there is no such page. What else the page was ``asked``
    for, its context says.
    """
    match = context["request"].resolver_match
    page = context.get("page")
    with translation.override(language or translation.get_language()):
        try:
            path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except (AttributeError, NoReverseMatch):  # No page, or one the desk does not have.
            path = reverse("home")
    query = context.get("asked", {}) | ({"page": page.number} if page and page.number > 1 else {})
    return _with_query(path, query if today else query | _time(context))


@register.simple_tag(takes_context=True)
def link(context, to, *args, asked: dict | None = None, **query) -> str:
    """The path of a row, or of a page by its name and what it is ``asked`` for, at the time this
    page is of.
    """
    path = to.get_absolute_url() if hasattr(to, "get_absolute_url") else reverse(to, args=args)
    return _with_query(path, (asked or {}) | query | _time(context))


@register.simple_tag(takes_context=True)
def kept(context, *but_for: str) -> str:
    """What a form of this page sends along: what else the page was asked for, and its time."""
    query = context.get("asked", {}) | _time(context)
    pairs = [
        (name, value)
        for name, values in query.items()
        if name not in but_for
        for value in ([values] if isinstance(values, str) else values)
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag(takes_context=True)
def narrowed(context, **changes) -> str:
    """This page of its own time, asked otherwise: a filter that is empty is none, and a list
    begins anew unless it is asked for what comes ``before`` or ``after``."""
    asked = {name: value for name, value in context["asked"].items() if name not in STRETCHES}
    query = {name: value for name, value in sorted((asked | changes).items()) if value}
    return _with_query(context["request"].path, query | _time(context))


def _time(context) -> dict[str, str]:
    """The parameter that says which past time the page is of; none for the present."""
    as_of = getattr(context["request"], "as_of", None)
    return {"as_of": as_of.asked} if as_of else {}


def _with_query(path: str, query: dict) -> str:
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


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
    """No line breaks within "« oui » !", "2 décembre" and "M. Dupont"."""
    return BOUND_SPACE.sub("\u00a0", text)


@register.filter(is_safe=True)
@stringfilter
def shortened(text: str, length: int) -> str:
    """At most so many characters, and no word cut but one that is as long."""
    if len(text) <= length:
        return text
    words, _space, _cut = text[:length].rpartition(" ")
    return f"{words.rstrip(' ,:;') or text[: length - 1]}…"


@register.filter(is_safe=True)
@stringfilter
def oneline(text: str) -> str:
    """The words with one space between them."""
    return " ".join(text.split())


@register.filter
def isolated(text: str) -> str:
    """Words that turn the direction of nothing around them."""
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def day(moment: date | datetime) -> PartialDate:
    """The day, of a time that it was here, shown as every other date."""
    if isinstance(moment, datetime):
        moment = timezone.localdate(moment)
    return PartialDate.day(moment)


@register.filter
def as_time(day: PartialDate) -> str:
    """A date as the element HTML has for it."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), day)


@register.filter
def language(claim) -> str:
    """The language its text is in: the editors', where they worded it."""
    return settings.LANGUAGE_CODE if claim.wording else claim.document.language


@register.inclusion_tag("claims/_pagination.html", takes_context=True)
def pagination(context, page) -> dict:
    """Previous, next and the numbers around this page."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1)
    kept = urlencode(context.get("asked", {}) | _time(context), doseq=True)
    return {"page": page, "numbers": numbers, "kept": kept}
