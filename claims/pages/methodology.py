"""How Constat works, and the scale it rates by: as it is today, and each version before."""

from itertools import pairwise

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from claims.models import Scale
from claims.rating_changes import scale_changes


def methodology(request, version=None):
    now = request.as_of.moment if request.as_of else timezone.now()
    valid = Scale.objects.valid_by(timezone.localdate(now)).prefetch_related("ratings")
    versions = list(valid)
    scale = next((each for each in versions if version in (None, each.version)), None)
    if scale is None and version is not None:
        raise Http404
    for later, earlier in pairwise(versions):
        later.changes = scale_changes(earlier, later)
        earlier.successor = later
    context = {
        "scale": scale,
        "versions": versions,
        # The scale has an address of its own for each version; this page is that of today's.
        "old": version is not None and scale != versions[0],
        "words": f"claims/methodology/{get_language()}.html",
    }
    return render(request, "claims/methodology/page.html", context)
