"""Developments: all of them, and the page of one."""

from django.shortcuts import get_object_or_404, render

from claims.pages import shown


def developments(request):
    page = shown.page_of(request, shown.developments())
    return render(request, "claims/developments.html", {"page": page})


def development(request, public_id):
    development = get_object_or_404(shown.developments(), public_id=public_id)
    return render(request, "claims/development.html", {"development": development})
