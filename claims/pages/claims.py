"""All claims, the latest published first."""

from django.shortcuts import render

from claims.pages.shown import listed, page_of


def claims(request):
    return render(request, "claims/claims.html", {"page": page_of(request, listed().latest())})
