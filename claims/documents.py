"""Documents as the public sees them. ``sources`` knows nothing of claims, so this is said here."""

from django.db.models import Q, QuerySet

from claims.models import Claim, Development, Verification
from sources.models import Document


def published() -> QuerySet[Document]:
    """Documents that hold or report a published claim, or that a published row cites."""
    holding = Claim.objects.published().values("sentence__snapshot__document")
    reporting = Claim.objects.published().values("appearances__sentence__snapshot__document")
    proving = Verification.objects.published().values("evidence__document")
    telling = Development.objects.accepted().values("document")
    shown = Q()
    for rows in (holding, reporting, proving, telling):
        shown |= Q(pk__in=rows.order_by())
    return Document.objects.filter(shown).select_related("publisher")
