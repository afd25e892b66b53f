"""Claims that may belong into a verification: those that say the same, or nearly so."""

import re

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Q

from claims.models import Claim, Link, Verification

WORD = re.compile(r"\w{4,}")
MOST_WORDS = 40  # compared


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
    words = dict.fromkeys(word.lower() for claim in about for word in WORD.findall(claim.text))
    speakers = [claim.speaker_id for claim in about if claim.speaker_id]
    if words and speakers and len(found) < most:
        said = SearchVector("wording", "quote", config="french")
        alike = (
            open_to_all.filter(speaker__in=speakers)
            .exclude(pk__in=[claim.pk for claim in found])
            .annotate(likeness=SearchRank(said, _any_of(list(words)[:MOST_WORDS])))
            .filter(likeness__gt=0)
            .order_by("-likeness", "-id")
        )
        found += alike.with_source()[: most - len(found)]
    return found


def _any_of(words: list[str]) -> SearchQuery:
    first, *others = (SearchQuery(word, config="french") for word in words)
    for query in others:
        first |= query
    return first
