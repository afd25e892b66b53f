"""Documents as the public sees them. ``sources`` knows nothing of claims, so this is said here."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import Claim, Development, Verification
from sources.models import Document


def published() -> QuerySet[Document]:
    """Documents that hold or report a published claim, or that a published row cites."""
    own = OuterRef("pk")
    rows = [
        Claim.objects.published().filter(sentence__snapshot__document=own),
        Claim.objects.published().filter(appearances__sentence__snapshot__document=own),
        Verification.objects.published().filter(evidence__document=own),
        Development.objects.accepted().filter(document=own),
    ]
    # Asked of the documents one looks at, not gathered for all there are.
    shown = reduce(or_, [Q(Exists(some.order_by())) for some in rows])
    return Document.objects.filter(shown).select_related("publisher")
