"""What is kept of whom, how long, and what they may ask: as this site is set up."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import get_language

from background import jobs
from claims import forget, importing
from claims.accounts import note
from claims.sync import deliver


def privacy(request):
    context = {"publisher": settings.PUBLISHER, "kept": kept()}
    return render(request, f"claims/privacy/{get_language()}.html", context)


def kept() -> dict[str, int]:
    """How long what is not of the record is kept, in days but for sessions (docs/privacy.md)."""
    return {
        "senders": settings.CONTACT_DAYS,
        "key_usage": forget.USAGE.days,
        "signing_in": note.KEPT.days,
        "deliveries": deliver.KEPT.days,
        "jobs": jobs.KEPT // 24,
        "imports": importing.KEPT.days,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "idle_minutes": settings.SESSION_IDLE_SECONDS // 60,
    }
