"""Published rows with all that the pages show of each."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.utils import timezone

from claims.models import Claim, Correction, Development, Evidence

PER_PAGE = 20


def listed(claims=None):
    """Published claims, or these, with all that a list shows of each."""
    return (
        (Claim.objects.published() if claims is None else claims)
        .with_source()
        .with_follow_through()
        .select_related("forecast")
        .prefetch_related("speaker__positions")
    )


def developments():
    """Accepted developments with all that is shown of each."""
    return Development.objects.accepted().with_effects().prefetch_related(corrections())


def verifications(rows):
    """Verifications with all that is shown of each."""
    return rows.select_related("rating__scale", "withdrawal").prefetch_related(
        Prefetch("evidence", Evidence.objects.with_source()), corrections(), "rechecks"
    )


def corrections():
    return Prefetch("corrections", Correction.objects.published())


def page_of(request, rows):
    """The page of ``rows`` that the address asks for; the nearest one if there is no such page."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def day_of(request) -> date:
    """The day whose record a page shows: today, or the one that was asked about."""
    as_of = getattr(request, "as_of", None)
    return timezone.localdate(as_of and as_of.moment)
