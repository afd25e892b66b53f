"""The page of a speaker."""

from django.db.models import F
from django.shortcuts import get_object_or_404, render

from claims.models import Speaker
from claims.pages.shown import listed, page_of


def speaker(request, public_id):
    speaker = get_object_or_404(
        Speaker.objects.published().select_related("within").prefetch_related("positions"),
        public_id=public_id,
    )
    said = listed().filter(speaker=speaker).order_by(F("said_on").desc(nulls_last=True), "-id")
    context = {"speaker": speaker, "page": page_of(request, said)}
    return render(request, "claims/speaker.html", context)
