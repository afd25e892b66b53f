"""“Something happened”: one short form, from anywhere; what happened and what it does to claims."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.due import numbers
from claims.happen import WRITE, happened
from claims.models import Claim, Effect, Forecast, Proposal
from sources.desk import Refused
from sources.fields import new_public_id
from sources.forms import PartialDateFormField, fetchable
from sources.models import Document
from sources.partial_date import PartialDate

DECIDE = "claims.decide_development"
FOUND = 8  # of each kind, at most
SOURCES = {"document": Document, "claim": Claim}


class HappenedForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("What happened"), max_length=300)
    occurred_on = PartialDateFormField(label=gettext_lazy("When"))
    account = forms.CharField(
        label=gettext_lazy("In more words"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("If the line above does not say it all."),
    )
    url = forms.CharField(
        label=gettext_lazy("Address of its source"),
        required=False,
        max_length=2000,
        widget=forms.TextInput({"inputmode": "url"}),
        help_text=gettext_lazy("It is fetched in the background."),
    )
    source = forms.CharField(required=False, widget=forms.HiddenInput)
    public_id = forms.SlugField(max_length=10, widget=forms.HiddenInput)

    def clean_occurred_on(self) -> PartialDate:
        day = self.cleaned_data["occurred_on"]
        if day.first > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        return fetchable(url) if url else ""

    def clean_source(self) -> Document | Claim | None:
        return _source(self.cleaned_data["source"])

    def clean(self):
        data = super().clean()
        if "url" in data and bool(data["url"]) == bool(data.get("source")):
            self.add_error(
                "url", _("Name its one source: an address, or a document or claim of the record.")
            )
        return data


class HappenedScreen:
    """For the admin of developments: the screen at ``happened/``."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.happened_view)
        return [
            path("happened/", view, name="claims_development_happened"),
            *super().get_urls(),
        ]

    def happened_view(self, request):
        if not request.user.has_perm(WRITE):
            raise PermissionDenied
        chosen = self._chosen(request.POST)
        given = numbers(request.GET.getlist("claim"))
        form = HappenedForm(
            request.POST if _sent(request) else None,
            initial={
                "occurred_on": PartialDate.day(timezone.localdate()),
                "public_id": new_public_id(),
                **request.POST.dict(),
            },
        )
        if _sent(request) and form.is_valid():
            if not chosen:
                form.add_error(None, _("Say what it does to one claim at least."))
            elif answer := self._happened(request, form, chosen, given):
                return answer
        source = request.POST.get("source", "")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Something happened"),
            "form": form,
            "kinds": Effect.Kind.choices,
            "claims": self._claims(request, given, chosen, source),
            "sources": self._sources(request, source),
            "q": request.POST.get("q", ""),
            "source_q": request.POST.get("source_q", ""),
            "may_accept": request.user.has_perm(DECIDE),
        }
        return TemplateResponse(request, "admin/happened/happened.html", context)

    def _happened(self, request, form, chosen, given):
        """Save it and lead on; None, with the reason in the form, if it may not be."""
        data = form.cleaned_data
        try:
            with self.attempt():
                development = happened(
                    request.user,
                    data["title"],
                    data["occurred_on"],
                    data["url"] or data["source"],
                    chosen,
                    account=data["account"],
                    public_id=data["public_id"],
                    accept="accept" in request.POST,
                )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return None
        return HttpResponseRedirect(self._next(request, development, given))

    def _next(self, request, development, given: list[int]) -> str:
        """The forecast it may settle, else the claim one came from, else the development."""
        accepted = development.status == Proposal.Status.ACCEPTED
        if accepted:
            messages.success(request, _("It is part of the record now."))
        else:
            messages.success(request, _("It is proposed: an editor decides on it."))
        if forecast := Forecast.objects.open().settled_by(development.pk).first():
            messages.info(request, _("It may settle this forecast."))
            query = urlencode({"development": development.pk})
            return reverse("admin:claims_forecast_resolve", args=[forecast.pk]) + f"?{query}"
        if given:
            return reverse("admin:claims_claim_change", args=[given[0]])
        return reverse("admin:claims_development_change", args=[development.pk])

    @staticmethod
    def _chosen(data) -> dict[int, str]:
        """The effects that were chosen, by the ids of their claims."""
        kinds = {
            pk: kind
            for name, kind in data.items()
            for pk in numbers([name.removeprefix("effect-")])
            if kind in Effect.Kind.values
        }
        there = Claim.objects.filter(pk__in=kinds).values_list("pk", flat=True)
        return {pk: kinds[pk] for pk in kinds if pk in set(there)} if kinds else {}

    def _claims(self, request, given, chosen, source: str) -> list[Claim]:
        """Those that were chosen or come first, then what is searched for or suggested."""
        listed = Claim.objects.with_source().prefetch_related(
            Prefetch("forecast", Forecast.objects.all())
        )
        first = list(dict.fromkeys([*chosen, *given]))
        by_id = listed.in_bulk(first)
        claims = [by_id[pk] for pk in first if pk in by_id]
        published = listed.filter(status=Claim.Status.ACCEPTED)
        if q := _typed(request, "q"):
            more = self._found(request, published, q)
        else:
            speakers = {claim.speaker_id for claim in claims} - {None}
            sharing = published.sharing(_typed(request, "title"))[:FOUND]
            more = [*_open_of(published, speakers), *sharing]
        later = _source(source)
        shown = {claim.pk: claim for claim in [*claims, *more] if claim != later}
        for claim in shown.values():
            claim.effect = chosen.get(claim.pk, "")
        return list(shown.values())

    def _sources(self, request, source: str) -> list[tuple[str, Document | Claim, bool]]:
        """The one that is chosen, then what is searched for; each with its value in the form."""
        rows = list(filter(None, [_source(source)]))
        if q := _typed(request, "source_q"):
            documents = Document.objects.select_related("publisher")
            rows += self._found(request, documents, q)
            claims = Claim.objects.published().with_source()
            rows += self._found(request, claims, q)
        values = {f"{row._meta.model_name}:{row.pk}": row for row in rows}
        return [(value, row, value == source) for value, row in values.items()]

    def _found(self, request, rows, q: str) -> list:
        """Searched as in their own list."""
        model_admin = self.admin_site.get_model_admin(rows.model)
        found, _duplicates = model_admin.get_search_results(request, rows, q)
        return list(found[:FOUND])


def _sent(request) -> bool:
    """Whether it is to be saved, rather than searched."""
    return request.method == "POST" and "search" not in request.POST


def _typed(request, name: str) -> str:
    """What is searched for; the database knows no NUL."""
    return request.POST.get(name, "").replace("\x00", "").strip()


def _source(value: str) -> Document | Claim | None:
    """The row that a choice of sources stands for: "document:12", "claim:3"."""
    kind, _colon, pk = value.partition(":")
    if kind in SOURCES and (pks := numbers([pk])):
        return SOURCES[kind].objects.filter(pk=pks[0]).first()
    return None


def _open_of(claims, speakers: set[int]) -> list[Claim]:
    """Predictions and commitments of these speakers without an outcome, the next due first."""
    if not speakers:
        return []
    forecasts = Forecast.objects.open().filter(claim__speaker__in=speakers)
    pks = list(forecasts.values_list("claim", flat=True)[:FOUND])
    by_id = claims.in_bulk(pks)
    written = [by_id[pk] for pk in pks]
    # In the order of the index by speaker: theirs may be rare among all.
    unwritten = claims.filter(speaker__in=speakers).without_forecast().order_by("-said_on", "-id")
    return [*written, *unwritten[:FOUND]]
