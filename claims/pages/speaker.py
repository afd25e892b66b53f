"""The page of a speaker: positions, what became of the claims, and the claims."""

from django.db.models import F
from django.shortcuts import get_object_or_404, render

from claims.drawn_track import drawn_track
from claims.models import Claim, Speaker
from claims.pages.shown import bounded_page, listed
from claims.track import track


def speaker(request, public_id):
    speaker = get_object_or_404(
        Speaker.objects.published()
        .select_related("within")
        .prefetch_related("aliases", "positions__organisation"),
        public_id=public_id,
    )
    said = Claim.objects.published().filter(speaker=speaker)
    latest = said.order_by(F("said_on").desc(nulls_last=True), "-id")
    page = bounded_page(request, latest, listed())
    context = {"speaker": speaker, "page": page}
    many = page.paginator.more
    # What is kept of many is of today; of another day it would have to be counted.
    context["countable"] = not (many and request.as_of)
    if context["countable"] and page.number == 1:
        context |= _track(speaker, many)
    return render(request, "claims/speaker.html", context)


def _track(speaker: Speaker, many: bool) -> dict:
    counted = track(speaker, many=many)
    kinds = [
        (value, label, counted.kinds[value])
        for value, label in Claim.Kind.choices
        if value in counted.kinds
    ]
    return {
        "figures": drawn_track(counted),
        "counted_at": counted.counted_at,
        "kinds": kinds,
    }
