"""What Constat binds itself to."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import get_language


def policies(request):
    context = {"days": settings.CONTACT_DAYS}
    return render(request, f"claims/policies/{get_language()}.html", context)
