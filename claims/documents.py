"""Documents as the public sees them. ``sources`` knows nothing of claims, so this is said here."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from claims.models import Appearance, Claim, Development, Evidence, Verification
from sources.models import Document


def published() -> QuerySet[Document]:
    """Documents that hold or report a published claim, or that a published row cites."""
    # Each in a place where it is asked of one document at a time: no list of all of them is made.
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
    sources = {"holding": holding, "reporting": reporting, "proving": proving, "telling": telling}
    asked = {name: Subquery(rows.order_by().values("pk")[:1]) for name, rows in sources.items()}
    shown = Q(*((f"{name}__isnull", False) for name in sources), _connector=Q.OR)
    return Document.objects.alias(**asked).filter(shown).select_related("publisher")
