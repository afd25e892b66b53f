"""The page of a claim."""

from itertools import chain

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, render

from claims.highlight import marked_sentence
from claims.linking.cluster import against_the_same, cluster_of, said_again
from claims.models import Claim, Correction, Development, Evidence, Link
from claims.pages.citation import citation
from claims.pages.elsewhere import MOST, appearances_of, links_of
from claims.pages.shown import corrections, day_of, listed
from claims.parts import parts_of, split_with
from claims.timeline import timeline
from sources.latest import tell_latest


def claim_page(claims):
    """These claims with all that the page of one shows, but for what may be without end."""
    return (
        listed(claims)
        .with_context()
        .prefetch_related(
            corrections(),
            "published_verifications__rechecks",
            Prefetch("published_verifications__corrections", Correction.objects.published()),
            Prefetch("forecast__development", Development.objects.accepted()),
            Prefetch("accepted_effects__development__corrections", Correction.objects.published()),
        )
    )


def claim(request, public_id):
    claim = get_object_or_404(claim_page(Claim.objects.published()), public_id=public_id)
    versions = claim.published_verifications
    prefetch_related_objects(versions[:1], Prefetch("evidence", Evidence.objects.with_source()))
    return show_claim(request, claim, versions[0] if versions else None, versions[1:])


def show_claim(request, claim, verification, superseded, *, preview=False):
    """The page of a claim with its verification, if it has one, and the versions before that."""
    tell_latest([claim.sentence])
    if verification:
        tell_latest(verification.evidence.all())
    links, appearances = links_of(claim), appearances_of(claim)
    claim.shown_appearances = appearances[:MOST]
    shown = {kind: rows[:MOST] for kind, rows in links.items()}
    cluster = cluster_of(claim.pk) if shown[Link.Kind.REPEATS] else []
    against = against_the_same(claim.pk, cluster)
    beside = shown[Link.Kind.CONTRADICTS] + shown[Link.Kind.UPDATES] + against
    prefetch_related_objects(
        [end for link in beside for end in (link.claim, link.earlier)], "speaker__positions"
    )
    context = {
        "claim": claim,
        "sentence": marked_sentence(claim),
        "parts": parts_of(claim),
        "split_with": split_with(claim),
        "verification": verification,
        "timeline": timeline(
            claim,
            day_of(request),
            [verification, *superseded] if verification else [],
            claim.shown_appearances,
            chain.from_iterable(shown.values()),
        ),
        "more_links": [kind for kind, rows in links.items() if len(rows) > MOST],
        "more_appearances": len(appearances) > MOST,
        "contradictions": shown[Link.Kind.CONTRADICTS],
        "updates": shown[Link.Kind.UPDATES],
        "against_the_same": against,
        "said_again": said_again(cluster),
        "citation": citation(request, claim),
        "preview": preview,
    }
    return render(request, "claims/claim.html", context)
