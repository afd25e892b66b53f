"""The desk's first page: my work, what waits for the team, what came in, what is due, the figures.

It opens as fast on a large record as on a small one: what waits is counted up to a bound, by
indexes of just that; what is counted of the whole record is kept (claims/figures.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from background.models import Failure
from claims.admin.due import SOON
from claims.admin.feeds import FAILING, IN_STATE
from claims.counted import Counted
from claims.drawn import arrivals, drawn, drawn_one
from claims.models import (
    Claim,
    Development,
    Effect,
    Figure,
    Forecast,
    Link,
    Message,
    ProposedEvidence,
    Verification,
)
from claims.queues import sent_back, waiting
from claims.take_back import midnight
from sources.desk import ModelAdmin
from sources.models import Document, Feed

LISTED = 6  # rows of each list
KEYS = "1234567890"
SEES_FIGURES = "claims.view_verification"


@dataclass(frozen=True)
class Pile:
    """What waits in one place, and the key that leads there, if one is left."""

    title: str
    link: str
    waiting: Counted
    key: str


def dashboard(request, context: dict) -> dict:
    """What the first page shows; each part to those who may see what it is made of."""
    may, today = request.user.has_perm, timezone.localdate()
    context |= {"title": _("Overview"), "today": today, "piles": piles(request)}
    if may("claims.view_verification"):
        context |= _mine(request)
    if may("claims.view_forecast"):
        soon = Forecast.objects.open().filter(due_on__end__lte=today + SOON)
        context["due"] = soon.with_claim()[:LISTED]
    if may("sources.view_document"):
        context |= {"arrivals": arrivals(today), "documents": _documents()}
    if may(SEES_FIGURES):
        period = _period(request)
        context |= {
            "figures": drawn(period),
            "period": period,
            "periods": Figure.Period.choices,
        }
    return context


def _mine(request) -> dict:
    """What this user writes, what waits for them as a second editor, what they decided."""
    user = request.user
    drafts = Verification.objects.filter(status=Verification.Status.DRAFT, author=user)
    drafts = list(drafts.order_by("-id")[:LISTED])
    back = sent_back(drafts)
    for draft in drafts:
        draft.sent_back = back.get(draft.pk)
    mine = {"drafts": sorted(drafts, key=lambda draft: draft.sent_back is None)}
    if user.has_perm("claims.publish_verification"):
        in_review = Verification.objects.filter(status=Verification.Status.IN_REVIEW)
        others = in_review.exclude(author=user).select_related("author").order_by("id")
        mine["reviews"] = others[:LISTED]
    if user.has_perm("claims.decide_claim"):
        today = midnight()
        monday = today - timedelta(days=today.weekday())
        mine["decided"] = [_decided(user, since) for since in (today, monday)]
    return mine


def _decided(user, since: datetime) -> Counted:
    return waiting(Claim.objects.decided_by(user, since))


def piles(request) -> list[Pile]:
    """The team's queues, those this user may see; each with its key."""
    seen = (pile for pile in _queues() if request.user.has_perm(pile[0]))
    return [
        Pile(title, link, waiting(rows), KEYS[number : number + 1])
        for number, (_permission, title, link, rows) in enumerate(seen)
    ]


def _queues() -> Iterator[tuple[str, str, str, QuerySet]]:
    """Permission, title, link and rows of each queue."""
    today = timezone.localdate()
    due = reverse("admin:claims_forecast_due")
    in_review = Verification.objects.filter(status=Verification.Status.IN_REVIEW)
    yield (
        "claims.view_claim",
        _("Candidates"),
        reverse("admin:claims_claim_inbox"),
        Claim.objects.candidates(),
    )
    yield (
        "claims.view_verification",
        _("Verifications in review"),
        _list("claims_verification", "status__exact=in_review"),
        in_review,
    )
    for model, title in (
        (Development, _("Proposed developments")),
        (Effect, _("Proposed effects")),
        (ProposedEvidence, _("Proposed evidence")),
    ):
        name = model._meta.model_name
        link = _list(f"claims_{name}", "status__exact=proposed")
        yield f"claims.view_{name}", title, link, model.objects.proposed()
    yield (
        "claims.view_link",
        _("Proposed links"),
        reverse("admin:claims_link_queue"),
        Link.objects.queue(),
    )
    yield (
        "claims.view_forecast",
        _("Forecasts past their date"),
        f"{due}?only=due",
        Forecast.objects.due(today),
    )
    yield (
        "claims.view_forecast",
        _("Predictions and commitments without criteria"),
        f"{due}?only=unwritten",
        Claim.objects.without_forecast(),
    )
    yield (
        "claims.view_verification",
        _("Findings to look at again"),
        f"{due}?only=review",
        Verification.objects.due_for_review(today).order_by(),
    )
    yield (
        "claims.view_message",
        _("Messages from readers"),
        _list("claims_message", "status__exact=new"),
        Message.objects.new(),
    )
    yield (
        "sources.view_feed",
        _("Feeds that fail"),
        _list("sources_feed", "state=failing"),
        Feed.objects.filter(IN_STATE[FAILING]),
    )
    yield (
        "sources.view_fetch",
        _("Failed background work"),
        _list("background_job", "status=failed"),
        Failure.objects.filter(job__status="failed"),
    )


def _list(model: str, query: str) -> str:
    return f"{reverse(f'admin:{model}_changelist')}?{query}"


def _documents() -> QuerySet:
    """The latest, each with the number of its candidates."""
    candidates = (
        Claim.objects.candidates()
        .filter(sentence__snapshot__document=OuterRef("pk"))
        .order_by()
        .values("sentence__snapshot__document")
        .annotate(number=Count("pk"))
        .values("number")
    )
    documents = Document.objects.select_related("publisher").order_by("-added_at", "-id")
    return documents.annotate(candidates=Coalesce(Subquery(candidates), 0))[:LISTED]


def _period(request) -> str:
    period = request.GET.get("period")
    return period if period in Figure.Period.values else Figure.Period.QUARTER


@admin.register(Figure)
class FigureAdmin(ModelAdmin):
    """The tables behind the plots as files; figures have no page of their own."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.csv_view)
        return [path("<slug:name>.csv", view, name="claims_figure_csv")]

    def has_module_permission(self, request):
        return False

    def csv_view(self, request, name):
        arrived = name == "arrivals"
        if not request.user.has_perm("sources.view_document" if arrived else SEES_FIGURES):
            raise PermissionDenied
        period = _period(request)
        try:
            plot = arrivals(timezone.localdate()) if arrived else drawn_one(name, period)
        except KeyError as error:
            raise Http404 from error
        answer = HttpResponse(plot.plot.table.as_csv(), content_type="text/csv; charset=utf-8")
        file = f"{slugify(plot.title)}-{timezone.localdate().isoformat()}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{file}"'
        return answer
