"""One search over the record: claims, speakers, documents, verifications; the best of each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.admin.verifications import state
from claims.models import Claim, Speaker, Verification
from sources.models import Document
from sources.search import Typed, corrected, marked

# While one types, and on the page of its own.
BRIEFLY, FULLY = 5, 10


@dataclass
class Found:
    """A row: the words that may match, and a line about it."""

    address: str
    text: str
    name: str
    about: str
    marked_text: str = ""
    marked_name: str = ""


@dataclass
class Group:
    """What was found in one table; ``more`` leads to its list, where there are filters."""

    title: str
    icon: str
    rows: list[Found]
    more: str


def _claim(claim: Claim) -> Found:
    about = [claim.get_status_display(), claim.get_kind_display(), claim.said_on]
    return _found(claim, claim.text, claim.speaker or _("the document itself"), about)


def _speaker(speaker: Speaker) -> Found:
    aliases = ", ".join(alias.name for alias in speaker.aliases.all())
    return _found(speaker, speaker.name, aliases, [speaker.get_kind_display()])


def _document(document: Document) -> Found:
    about = [document.get_kind_display(), document.published_on]
    return _found(document, document.title, document.publisher or "", about)


def _verification(verification: Verification) -> Found:
    about = [state(verification)[1], verification.rating]
    return _found(verification, verification.summary, "", about)


def _found(row, text: str, name: object, about: list) -> Found:
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return Found(address, text, str(name), " · ".join(str(part) for part in about if part))


GROUPS: list[tuple[type, str, Callable[[QuerySet], QuerySet], Callable]] = [
    (Claim, "format_quote", lambda rows: rows.select_related("speaker"), _claim),
    (Speaker, "record_voice_over", lambda rows: rows.prefetch_related("aliases"), _speaker),
    (Document, "article", lambda rows: rows.select_related("publisher"), _document),
    (
        Verification,
        "fact_check",
        lambda rows: rows.select_related("rating__scale", "withdrawal").prefetch_related(
            "successors"
        ),
        _verification,
    ),
]


def search(user, text: str, limit: int, with_most: bool = False) -> list[Group]:
    """The best matches of each table the user may see, as many as ``limit``; or what has most of
    the words."""
    groups = []
    for model, icon, with_details, shown in GROUPS:
        label = model._meta.label_lower.replace(".", "_")
        if not user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            continue
        best = model.objects.best_with_most if with_most else model.objects.best
        rows = [shown(row) for row in with_details(best(text))[: limit + 1]]
        if rows:
            more = reverse(f"admin:{label}_changelist") + "?" + urlencode({"q": text})
            title = capfirst(model._meta.verbose_name_plural)
            groups.append(Group(title, icon, rows[:limit], more if len(rows) > limit else ""))
    return groups


def mark(groups: list[Group], text: str) -> None:
    rows = [row for group in groups for row in group.rows]
    shown = marked([words for row in rows for words in (row.text, row.name)], text)
    for place, row in enumerate(rows):
        row.marked_text, row.marked_name = shown[2 * place : 2 * place + 2]


def search_view(request):
    """A page, or, for one who still types, what goes into it."""
    if not request.user.has_perm("claims.view_claim"):
        raise PermissionDenied
    typing = "HX-Request" in request.headers
    text = Typed(request.GET.get("q", "").strip())
    limit = BRIEFLY if typing else FULLY
    groups, meant = search(request.user, text, limit) if text else [], None
    if text and not groups and (meant := corrected(text)):
        groups = search(request.user, Typed(meant), limit)
    most = bool(text) and not groups
    if most:
        groups = search(request.user, Typed(meant or text), limit, with_most=True)
    mark(groups, meant or text)
    context = {"text": text, "groups": groups, "most": most, "meant": meant if groups else None}
    if typing:
        return render(request, "admin/search/results.html", context)
    context |= {**admin.site.each_context(request), "title": _("Search")}
    return render(request, "admin/search/page.html", context)
