"""Claims that may belong into a verification: those that say the same, or nearly so."""

from collections.abc import Sequence

from django.db.models import Q

from claims.models import Claim, Link, Verification
from claims.models.claim import ClaimQuerySet
from claims.retrieval import retrieve


def suggestions(verification: Verification, most: int = 5) -> list[Claim]:
    """Claims linked with its claims as repeats, then what the same speakers said most like them."""
    about = list(verification.claims.all())
    ids = [claim.pk for claim in about]
    open_to_all = Claim.objects.exclude(pk__in=ids).exclude(
        status__in=[Claim.Status.REJECTED, Claim.Status.MERGED]
    )
    repeats = Link.objects.filter(kind=Link.Kind.REPEATS).exclude(status=Link.Status.REFUSED)
    linked = open_to_all.filter(
        Q(pk__in=repeats.filter(claim__in=ids).values("earlier"))
        | Q(pk__in=repeats.filter(earlier__in=ids).values("claim"))
    )
    found = list(linked.with_source()[:most])
    speakers = [claim.speaker_id for claim in about if claim.speaker_id]
    if speakers and len(found) < most:
        others = open_to_all.filter(speaker__in=speakers).exclude(pk__in=[row.pk for row in found])
        found += _alike(others, [claim.text for claim in about], most - len(found))
    return found


def _alike(among: ClaimQuerySet, texts: Sequence[str], most: int) -> list[Claim]:
    """Those that share most of what one of the texts tells, the best first."""
    scores: dict[int, float] = {}
    for retrieved in retrieve(texts, among, most):
        for each in retrieved.claims:
            scores[each.claim] = max(each.score, scores.get(each.claim, 0))
    best = sorted(scores, key=scores.__getitem__, reverse=True)[:most]
    rows = Claim.objects.with_source().in_bulk(best)
    return [rows[pk] for pk in best if pk in rows]
