"""Developments: all of them, and the page of one."""

from django.shortcuts import get_object_or_404, render

from claims.models import Development
from claims.models.claim import with_claim
from claims.pages import shown

EFFECTS = 50  # a page


def developments(request):
    page = shown.bounded_page(request, Development.objects.accepted(), shown.developments())
    shown.tell_effects(page.object_list)
    return render(request, "claims/developments.html", {"page": page})


def development(request, public_id):
    development = get_object_or_404(shown.developments(), public_id=public_id)
    effects = shown.effects().filter(development=development)
    rows = with_claim(effects, "claim")
    page = shown.bounded_page(request, effects, rows, EFFECTS)
    context = {"development": development, "page": page}
    return render(request, "claims/development.html", context)
