"""Addresses last: what was public once is never “not found” (docs/decisions/0027).

A middleware, so that no page of a row can forget it.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import merged
from claims.gone import Gone, gone
from claims.models import Claim, Correction, Development, Speaker
from claims.pages.addresses import place
from sources.models import Document

GONE = 410
# What may be said of why a claim was taken back; what an editor wrote beside it may not.
BECAUSE = {
    Claim.RejectedBecause.NOT_A_CLAIM: _("What it quoted is not a claim."),
    Claim.RejectedBecause.CUT_WRONG: _("It was cut out of its sentence wrongly."),
    Claim.RejectedBecause.WRONG_SPEAKER: _("It was attributed to somebody who did not say it."),
    Claim.RejectedBecause.NOT_WORTH_CHECKING: _("It is not among those that are worth checking."),
    Claim.RejectedBecause.DUPLICATE: _("The record has it already, at another address."),
    Claim.RejectedBecause.SPLIT: _("It said several things: each is a claim of its own."),
}
KIND_BECAUSE = {
    Speaker: _("No claim that is attributed to this speaker is public any more."),
    Document: _("Nothing that is public rests on this document any more."),
}


class Lasting:
    """Middleware: a page of a merged row that is not found leads to that of the row kept; one of a
    row that was public says that it no longer is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a page that raised Http404, if its row was public."""
        if not isinstance(exception, Http404) or not (found := place(request.path)):
            return None
        model, public_id = found
        if model in merged.MERGES and (kept := merged.kept(model, public_id)):
            return _redirect(request, kept.public_id)
        if was := gone(model, public_id):
            return _gone(request, was)
        return None


def _redirect(request: HttpRequest, public_id: str) -> HttpResponse:
    """To the same page of another row."""
    match = request.resolver_match
    address = reverse(match.view_name, kwargs=match.kwargs | {"public_id": public_id})
    query = request.GET.urlencode()
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def _gone(request: HttpRequest, was: Gone) -> HttpResponse:
    """What it was, since when it is gone and why, as far as that is public; not what it said."""
    row = was.row
    because = KIND_BECAUSE.get(type(row)) or BECAUSE.get(getattr(row, "rejected_because", ""))
    context = {"gone": was, "kind": row._meta.model_name, "because": because or ""}
    if isinstance(row, Claim | Development):
        published = Correction.objects.published()
        context["corrections"] = published.filter(**{row._meta.model_name: row})
    if isinstance(row, Claim) and row.rejected_because == Claim.RejectedBecause.SPLIT:
        context["parts"] = (
            Claim.objects.published().filter(split_from=row).with_source().order_by("id")
        )
    return render(request, "claims/gone.html", context, status=GONE)
