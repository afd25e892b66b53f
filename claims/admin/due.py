"""The due queue: what has to be looked at because its day came, and how one works through it.

Forecasts past their date or near it, predictions and commitments without criteria, findings to be
looked at again: one list, and for each kind a page that leads to the next after every decision.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pghistory
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from claims import decide
from claims.counted import Counted
from claims.highlight import marked_sentence
from claims.models import Claim, Development, Effect, Forecast, Verification
from claims.queues import waiting
from claims.resolve import foresee, resolve
from sources import versions
from sources.desk import Refused
from sources.forms import PartialDateFormField

SOON = timedelta(days=30)
SHOWN = 10  # of each kind together; PAGE alone
PAGE = 50
PAGES = 1000
FOUND = 8


@dataclass(frozen=True)
class Queue:
    """Rows of one kind that wait, the first of them shown."""

    name: str
    key: str
    title: str
    about: str
    rows: list
    waiting: Counted


def queues(today: date) -> dict[str, QuerySet]:
    """What is due by then, and what is not yet but had better be seen to; in their order."""
    return {
        "due": Forecast.objects.due(today),
        "soon": Forecast.objects.due_between(today, today + SOON),
        "unwritten": Claim.objects.without_forecast(),
        "review": Verification.objects.due_for_review(today),
    }


def _waiting(name: str, rows: QuerySet) -> Counted:
    """No index has findings in the order of when they are due again: counted in any."""
    return waiting(rows.order_by() if name == "review" else rows)


def _shown(name: str, rows: QuerySet, first: int, last: int) -> list:
    """A stretch of a queue with all that is shown of each row."""
    if name == "review":
        return list(rows.select_related("rating").prefetch_related("claims__speaker")[first:last])
    if name == "unwritten":
        return list(rows.with_source()[first:last])
    return list(rows.with_claim()[first:last])


class ResolveForm(forms.Form):
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), widget=forms.RadioSelect)
    resolved_on = PartialDateFormField(label=gettext_lazy("Settled on"))
    development = forms.ModelChoiceField(
        Development.objects.accepted().order_by(), label=gettext_lazy("Development it rests on")
    )

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [
            (o.value, o.label) for o in Forecast.Outcome.fitting(kind)
        ]


class CriteriaForm(forms.Form):
    due_on = PartialDateFormField(label=gettext_lazy("Due on"))
    criteria = forms.CharField(
        label=gettext_lazy("Criteria"),
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("What will count as it having happened, and by which source."),
    )


class DueScreens:
    """For the admin of forecasts: the queue at ``due/``, and the pages to work through it."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("due/", view(self.due_view), name="claims_forecast_due"),
            path("<int:pk>/resolve/", view(self.resolve_view), name="claims_forecast_resolve"),
            path("write/<int:claim>/", view(self.write_view), name="claims_forecast_write"),
            *super().get_urls(),
        ]

    def due_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = timezone.localdate()
        rows = queues(today)
        if not request.user.has_perm("claims.view_verification"):
            del rows["review"]
        only = request.GET.get("only")
        (number,) = numbers([request.GET.get("page", "")]) or [1]
        if only in rows:
            first, rows = (min(max(number, 1), PAGES) - 1) * PAGE, {only: rows[only]}
            stretch = (first, first + PAGE)
        else:
            only, stretch = None, (0, SHOWN)
        told = _told()
        shown = [
            Queue(name, *told[name], _shown(name, queue, *stretch), _waiting(name, queue))
            for name, queue in rows.items()
        ]
        context = {
            "title": _("What is due"),
            "queues": shown,
            "only": only,
            "next_page": number + 1 if only and len(shown[0].rows) == PAGE else None,
            "today": today,
        }
        return self._screen(request, "admin/due/due.html", context)

    # The outcome of a forecast

    def resolve_view(self, request, pk):
        forecast = get_object_or_404(Forecast.objects.with_claim(), pk=pk)
        if not self.has_view_permission(request, forecast):
            raise PermissionDenied
        if "accept" in request.POST:
            return self._accept(request, forecast)
        claim = forecast.claim
        suggested = _suggested(claim, request.GET.get("development", ""))
        form = ResolveForm(
            request.POST or None,
            kind=claim.kind,
            initial={
                "development": suggested and suggested.pk,
                "resolved_on": suggested and suggested.occurred_on,
            },
        )
        if request.method == "POST" and form.is_valid():
            try:
                self._resolve(request, forecast, form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return self._next_forecast(request, forecast)
        effects = claim.what_happened
        context = {
            "title": _("Outcome of a forecast"),
            "original": forecast,
            "forecast": forecast,
            "claim": claim,
            "segments": marked_sentence(_in_context(claim)),
            "form": form,
            "outcomes": [
                (str(number), value, label)
                for number, (value, label) in enumerate(form.fields["outcome"].choices, start=1)
            ],
            "developments": self._developments(request, effects, suggested, form),
            "effects": effects,
            "mark": request.POST.get("_mark") or versions.latest(forecast),
            "may_resolve": request.user.has_perm("claims.resolve_forecast"),
            "may_decide": request.user.has_perm("claims.decide_development"),
            "skip": skip_to(self._forecasts_after(forecast), "admin:claims_forecast_resolve"),
            "q": request.GET.get("q", ""),
        }
        return self._screen(request, "admin/due/resolve.html", context)

    def _resolve(self, request, forecast, outcome: dict) -> None:
        there = {name: getattr(forecast, name) for name in outcome}
        if there == outcome:
            return  # Pressed twice.
        with self.attempt(), pghistory.context(**self._why(request)):
            self._hold(request, forecast, {"mark": request.POST.get("_mark", "")})
            resolve(forecast, **outcome, by=request.user)
        messages.success(
            request,
            _("Recorded: %(outcome)s.") % {"outcome": forecast.get_outcome_display()},
        )

    def _accept(self, request, forecast):
        """Let in what is proposed to bear on the claim, and the development it is of."""
        pks = numbers([request.POST["accept"]])
        effect = get_object_or_404(Effect, pk__in=pks, claim=forecast.claim_id)
        development = Development.objects.filter(pk=effect.development_id)
        try:
            with self.attempt():
                decide.accept_proposals(development, request.user)
                decide.accept_proposals(Effect.objects.filter(pk=effect.pk), request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(f"{request.path}?development={effect.development_id}")

    def _developments(self, request, effects, suggested, form) -> list[tuple[Development, bool]]:
        """The accepted ones it may rest on, and whether it is chosen."""
        rows = [effect.development for effect in effects]
        if suggested:
            rows.append(suggested)
        if q := request.GET.get("q", "").strip():
            model_admin = self.admin_site.get_model_admin(Development)
            accepted = Development.objects.accepted().select_related("document__publisher", "claim")
            found, _duplicates = model_admin.get_search_results(request, accepted, q)
            rows += found[:FOUND]
        accepted = {row.pk: row for row in rows if row.status == Development.Status.ACCEPTED}
        chosen = str(form["development"].value() or "")
        return [(row, str(row.pk) == chosen) for row in accepted.values()]

    def _next_forecast(self, request, forecast):
        following = self._forecasts_after(forecast)
        if same := Forecast.objects.open().settled_by(forecast.development_id).first():
            at = reverse("admin:claims_forecast_resolve", args=[same.pk])
            return HttpResponseRedirect(f"{at}?development={forecast.development_id}")
        return go_on(request, following, "admin:claims_forecast_resolve")

    @staticmethod
    def _forecasts_after(forecast) -> QuerySet:
        by = timezone.localdate() + SOON
        return Forecast.objects.open().filter(due_on__end__lte=by).after(forecast)

    # Criteria

    def write_view(self, request, claim):
        claims = Claim.objects.published().with_source().with_context()
        claim = get_object_or_404(claims, pk=claim)
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = CriteriaForm(request.POST or None)
        before = Q(decided_at=claim.decided_at, id__lt=claim.pk) | Q(
            decided_at__lt=claim.decided_at
        )
        following = Claim.objects.without_forecast().filter(before)
        if Forecast.objects.filter(claim=claim).exists():
            messages.info(request, _("Its criteria are written already."))
            return go_on(request, following, "admin:claims_forecast_write")
        if request.method == "POST" and form.is_valid():
            try:
                with self.attempt():
                    foresee(claim, **form.cleaned_data, by=request.user)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Its criteria are written."))
                return go_on(request, following, "admin:claims_forecast_write")
        context = {
            "title": _("Criteria, written beforehand"),
            "original": claim,
            "claim": claim,
            "segments": marked_sentence(claim),
            "form": form,
            "skip": skip_to(following, "admin:claims_forecast_write"),
        }
        return self._screen(request, "admin/due/write.html", context)

    def _screen(self, request, template: str, context: dict) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), **context}
        return TemplateResponse(request, template, context)


def _told() -> dict[str, tuple[str, str, str]]:
    """Of each queue: the key that begins it, its title, and what is asked."""
    return {
        "due": (
            "r",
            _("Past their date"),
            _("Did it come about? By the criteria alone."),
        ),
        "soon": ("n", _("Due within 30 days"), _("What settles them may have happened already.")),
        "unwritten": (
            "w",
            _("Without criteria"),
            _("Predictions and commitments: fix beforehand when and by what they are judged."),
        ),
        "review": (
            "l",
            _("Findings to look at again"),
            _("Does what was published still hold? If not, write its successor."),
        ),
    }


def _suggested(claim: Claim, development: str) -> Development | None:
    """The development that is named, else the latest accepted one that settles the claim."""
    if pks := numbers([development]):
        return Development.objects.accepted().filter(pk=pks[0]).first()
    for effect in claim.what_happened:
        accepted = effect.status == effect.development.status == Effect.Status.ACCEPTED
        if accepted and effect.kind in Effect.Kind.settling():
            return effect.development
    return None


def _in_context(claim: Claim) -> Claim:
    return Claim.objects.with_source().with_context().get(pk=claim.pk)


def skip_to(following: QuerySet, page: str) -> str:
    """Where the next of a queue is; the queue itself after the last."""
    pk = following.values_list("pk", flat=True).first()
    return reverse(page, args=[pk]) if pk else reverse("admin:claims_forecast_due")


def go_on(request, following: QuerySet, page: str) -> HttpResponseRedirect:
    at = skip_to(following, page)
    if at == reverse("admin:claims_forecast_due"):
        messages.info(request, pgettext("queue", "That was the last of them."))
    return HttpResponseRedirect(at)


def numbers(values: list[str]) -> list[int]:
    """Those of the values that may be the id of a row."""
    return [int(value) for value in values if value.isdecimal() and len(value) < 19]
