"""The register of corrections."""

from django.shortcuts import render

from claims.models import Correction
from claims.pages.shown import page_of


def corrections(request):
    published = Correction.objects.published().select_related(
        "claim", "verification", "development"
    )
    return render(request, "claims/corrections.html", {"page": page_of(request, published)})
