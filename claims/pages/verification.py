"""The page of one version of a verification: permanent."""

from itertools import pairwise

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render

from claims.models import Claim, Evidence, Verification
from claims.pages.citation import citation
from claims.pages.shown import verifications
from claims.revision import revision
from sources.latest import tell_latest


def verification_page(rows, claims=None):
    """These verifications with all that the page of one shows; of their claims, the public ones
    if none are given."""
    claims = Claim.objects.published() if claims is None else claims
    shown = claims.with_source().prefetch_related("speaker__positions")
    return verifications(rows).prefetch_related(Prefetch("claims", shown, to_attr="shown_claims"))


def verification(request, public_id):
    published = verification_page(Verification.objects.published())
    verification = get_object_or_404(published, public_id=public_id)
    return show_verification(request, verification, verification.versions())


def show_verification(request, verification, versions, *, preview=False):
    """The page of a verification among its ``versions``, the latest first."""
    tell_latest(verification.evidence.all())
    # In a list that begins with the latest: the one that came after it, and the one before it.
    after = {older: newer for newer, older in pairwise(versions)}.get(verification)
    before = dict(pairwise(versions)).get(verification)
    # A withdrawn one is read as before, but it is no finding of ours any more: decision 27.
    withdrawn = not preview and hasattr(verification, "withdrawal")
    context = {
        "verification": verification,
        "preview": preview,
        "withdrawn": withdrawn,
        "versions": versions,
        "successor": after,
        "revision": before and _revised(before, verification),
        "citation": citation(request, verification),
    }
    return render(request, "claims/verification.html", context, status=410 if withdrawn else 200)


def _revised(before, verification):
    claims = Claim.objects.published().with_source()
    told = Verification.objects.select_related("rating").prefetch_related(
        Prefetch("evidence", Evidence.objects.with_source()),
        Prefetch("claims", claims, to_attr="shown_claims"),
    )
    before = told.get(pk=before.pk)
    return revision(before, verification, before.shown_claims, verification.shown_claims)
