"""The page of a claim."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render

from claims.highlight import marked_sentence
from claims.models import Appearance, Claim, Correction, Development, Verification
from claims.pages.shown import corrections, listed, verifications
from sources.latest import tell_latest


def claim_page(claims):
    """These claims with all that the page of one shows."""
    appearances = Appearance.objects.select_related("sentence__snapshot__document__publisher")
    return (
        listed(claims)
        .with_context()
        .with_links()
        .prefetch_related(
            corrections(),
            Prefetch("forecast__development", Development.objects.accepted()),
            Prefetch("accepted_effects__development__corrections", Correction.objects.published()),
            Prefetch(
                "appearances",
                appearances.defer("sentence__snapshot__text", "sentence__snapshot__original"),
            ),
        )
    )


def claim(request, public_id):
    claim = get_object_or_404(claim_page(Claim.objects.published()), public_id=public_id)
    versions = claim.published_verifications
    published = verifications(Verification.objects.published())
    current = published.get(pk=versions[0].pk) if versions else None
    return show_claim(request, claim, current, versions[1:])


def show_claim(request, claim, verification, superseded, *, preview=False):
    """The page of a claim with its verification, if it has one, and the versions before that."""
    tell_latest([claim.sentence])
    if verification:
        tell_latest(verification.evidence.all())
    context = {
        "claim": claim,
        "sentence": marked_sentence(claim),
        "verification": verification,
        "superseded": superseded,
        "preview": preview,
    }
    return render(request, "claims/claim.html", context)
