"""The page of one version of a verification: permanent."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render

from claims.models import Claim, Verification
from claims.pages.shown import verifications
from sources.latest import tell_latest


def verification(request, public_id):
    claims = Claim.objects.published().select_related("speaker")
    published = verifications(Verification.objects.published())
    verification = get_object_or_404(
        published.prefetch_related(Prefetch("claims", claims, to_attr="shown_claims")),
        public_id=public_id,
    )
    return show_verification(request, verification, verification.versions())


def show_verification(request, verification, versions, *, preview=False):
    """The page of a verification among its ``versions``, the latest first."""
    tell_latest(verification.evidence.all())
    # A withdrawn one is read as before, but it is no finding of ours any more: decision 27.
    withdrawn = not preview and hasattr(verification, "withdrawal")
    context = {
        "verification": verification,
        "preview": preview,
        "withdrawn": withdrawn,
        "versions": versions,
        # The one that came after it, the one before it in a list that begins with the latest.
        "successor": dict(zip(versions[1:], versions, strict=False)).get(verification),
    }
    return render(request, "claims/verification.html", context, status=410 if withdrawn else 200)
