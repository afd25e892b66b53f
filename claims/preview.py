"""The public pages as they will stand once a draft is published: shown to those who write it."""

from django.utils import timezone

from claims.models import Claim, Standing, Verification
from claims.pages.claim import claim_page, show_claim
from claims.pages.shown import verifications
from claims.pages.verification import show_verification, verification_page


def preview_verification(request, draft: Verification):
    """Its page, as if it were published now."""
    versions = draft.predecessor.versions() if draft.predecessor else []
    (shown,) = verification_page(_as_published(draft), Claim.objects.all())
    shown.published_at = timezone.now()
    return show_verification(request, shown, [shown, *versions], preview=True)


def preview_claim(request, draft: Verification, claim: Claim):
    """The page of one of its claims, as if it were published now."""
    (shown,) = claim_page(Claim.objects.filter(pk=claim.pk))
    (finding,) = verifications(_as_published(draft))
    finding.published_at = timezone.now()
    standing = shown.standing
    # Nothing but an outcome stands above a finding that is published now (claims/sql/standing.sql).
    if standing.basis != Standing.Basis.OUTCOME:
        shown.standing = Standing(
            claim=shown, basis=Standing.Basis.VERIFICATION, value="", verification=finding
        )
    return show_claim(request, shown, finding, shown.published_verifications, preview=True)


def _as_published(draft: Verification):
    return Verification.objects.filter(pk=draft.pk)
