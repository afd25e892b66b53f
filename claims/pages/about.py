"""What Constat is, and who publishes this site of it."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import get_language


def about(request):
    context = {"publisher": settings.PUBLISHER}
    return render(request, f"claims/about/{get_language()}.html", context)
