"""The page of feeds: what there is to subscribe to, and what the categories of entries mean."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Claim, Correction, Effect, Forecast, Scale, Standing


@require_safe
def feeds(request):
    context = {
        "scales": Scale.objects.prefetch_related("ratings"),
        "terms": [
            ("kinds", Claim.Kind.choices),
            # Some outcomes are called as what a development does.
            (
                "standings",
                {**dict(Standing.Value.choices), **dict(Forecast.Outcome.choices)}.items(),
            ),
            ("effects", Effect.Kind.choices),
            ("corrections", Correction.Kind.choices),
        ],
    }
    return render(request, "claims/feeds.html", context)
