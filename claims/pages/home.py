"""The first page."""

from django.shortcuts import render

from claims.pages.shown import developments, listed


def home(request):
    context = {"claims": listed().latest()[:10], "developments": developments()[:5]}
    return render(request, "claims/home.html", context)
