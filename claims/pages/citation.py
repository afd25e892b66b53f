"""How a page is cited: its permanent addresses, and BibTeX."""

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language

from claims.models import Claim, Verification
from claims.origin import origin
from claims.pages.shown import day_of
from claims.templatetags.pages import language
from sources.partial_date import PartialDate

# What TeX would take for its own.
TEX = {char: f"\\{char}" for char in "&%$#_{}"} | {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """``title``, in its ``language``, and ``about`` (who, when) name the page at ``address``; at
    ``dated`` it is for ever as it was on ``day``."""

    title: str
    language: str
    about: str
    address: str
    dated: str
    day: PartialDate
    bibtex: str


def citation(request: HttpRequest, row: Claim | Verification) -> Citation:
    """How to cite the page of ``row`` as this request shows it."""
    if isinstance(row, Claim):
        (title, about), written_in, published = _claim(row), language(row), None
    else:
        (title, about), written_in = _verification(row), settings.LANGUAGE_CODE
        published = timezone.localdate(row.published_at)
    day = day_of(request)
    as_of = request.as_of.asked if getattr(request, "as_of", None) else day.isoformat()
    address = origin(request) + row.get_absolute_url()
    dated = f"{address}?{urlencode({'as_of': as_of})}"
    bibtex = _bibtex(row.public_id, title, about, published or day, dated, day)
    return Citation(title, written_in, about, address, dated, PartialDate.day(day), bibtex)


def _claim(claim: Claim) -> tuple[str, str]:
    said = claim.said_on or claim.document.published_on
    who = claim.speaker or claim.document.publisher
    about = [capfirst(who.name) if who else "", str(said or "")]
    return _quoted(capfirst(claim.text)), ", ".join(filter(None, about))


def _verification(verification: Verification) -> tuple[str, str]:
    published = PartialDate.day(timezone.localdate(verification.published_at))
    rating = verification.rating.label if verification.rating else ""
    about = ", ".join(filter(None, [rating, str(published)]))
    return _quoted(verification.summary), about


def _quoted(text: str) -> str:
    """A text as it stands inside quotation marks."""
    left, right = ("“", "”") if (get_language() or "fr").startswith("fr") else ("‘", "’")
    inside = re.sub(r"«\s*|“", left, " ".join(text.split()).removesuffix("."))
    return re.sub(r"\s*»|”", right, inside)


def _bibtex(key: str, title: str, about: str, published: date, url: str, day: date) -> str:
    fields = {
        "author": "{Constat}",
        "title": _tex(f"{title} ({about})" if about else title),
        "year": published.year,
        "month": published.month,
        "url": url,
        "urldate": day.isoformat(),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{constat-{key},\n{lines}}}"


def _tex(text: str) -> str:
    return "".join(TEX.get(char, char) for char in text)
