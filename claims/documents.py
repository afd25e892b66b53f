"""Documents as the public sees them. ``sources`` knows nothing of claims, so this is said here."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import Appearance, Claim, Development, Evidence, Verification
from sources.models import Document


def published() -> QuerySet[Document]:
    """Documents that hold or report a published claim, or that a published row cites."""
    # Each asked of one document: of many, only those that are looked at.
    this = OuterRef("pk")
    claims, verifications = Claim.objects.published(), Verification.objects.published()
    holding = claims.filter(sentence__snapshot__document=this)
    reporting = Appearance.objects.filter(
        Exists(claims.filter(pk=OuterRef("claim"))), sentence__snapshot__document=this
    )
    proving = Evidence.objects.filter(
        Exists(verifications.order_by().filter(pk=OuterRef("verification"))), document=this
    )
    telling = Development.objects.accepted().filter(document=this)
    shown = Q()
    for rows in (holding, reporting, proving, telling):
        shown |= Q(Exists(rows))
    return Document.objects.filter(shown).select_related("publisher")
