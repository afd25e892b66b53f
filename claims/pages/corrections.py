"""The register of corrections, by kind and year, and the lasting address of each."""

from django.db.models import Max, Min
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from claims.models import Correction
from claims.pages.keyset import stretch

LARGEST = 2**63 - 1  # what the database takes for an id


def corrections(request):
    published = Correction.objects.published()
    asked = {name: request.GET[name] for name in ("kind", "year") if request.GET.get(name)}
    years = _years(published)
    rows = published
    if kind := asked.get("kind"):
        if kind not in Correction.Kind.values:
            raise Http404
        rows = rows.filter(kind=kind)
    if year := _number(asked.get("year")):
        if year not in years:
            raise Http404
        rows = rows.filter(made_at__year=year)
    places = {name: _number(request.GET.get(name)) for name in ("before", "after")}
    try:
        listed = stretch(rows.with_subject(), "made_at", **places)
    except Correction.DoesNotExist as error:
        raise Http404 from error
    context = {
        "corrections": listed,
        "kinds": Correction.Kind.choices,
        "kind": kind,
        "label": dict(Correction.Kind.choices).get(kind),
        "years": years,
        "year": year,
        "asked": asked | {name: str(place) for name, place in places.items() if place},
    }
    return render(request, "claims/corrections.html", context)


def correction(request, number):
    if number > LARGEST:
        raise Http404
    correction = get_object_or_404(Correction.objects.with_subject(), pk=number)
    return render(request, "claims/correction.html", {"correction": correction})


def _years(published) -> range:
    """From the latest to the first in which something was corrected."""
    ends = published.order_by().aggregate(first=Min("made_at"), last=Max("made_at"))
    if ends["first"] is None:
        return range(0)
    first, last = (timezone.localtime(ends[end]).year for end in ("first", "last"))
    return range(last, first - 1, -1)


def _number(given: str | None) -> int | None:
    """A number an address asks for; raises Http404 for what is none."""
    if not given:
        return None
    if not given.isdecimal() or len(given) > 19 or int(given) > LARGEST:
        raise Http404
    return int(given)
