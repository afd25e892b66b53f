"""Documents as the public sees them. ``sources`` knows nothing of claims, so this is said here."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import Claim, Development, Verification
from sources.models import Document


def published() -> QuerySet[Document]:
    """Documents that hold or report a published claim, or that a published row cites."""
    holding = Claim.objects.published(), "sentence__snapshot__document"
    reporting = Claim.objects.published(), "appearances__sentence__snapshot__document"
    proving = Verification.objects.published(), "evidence__document"
    telling = Development.objects.accepted(), "document"
    shown = Q()
    # Asked of one document at a time: none of what they lead to is listed.
    for rows, document in (holding, reporting, proving, telling):
        shown |= Q(Exists(rows.order_by().filter(**{document: OuterRef("pk")})))
    return Document.objects.filter(shown).select_related("publisher")
