"""Which claims of the record may have to do with some: those they share rare words with."""

from collections.abc import Sequence

from django.db.models import Value

from claims.models import Claim
from claims.models.claim import telling_words

MOST = 30  # for each: these are compared
AT_ONCE = 10  # claims a query looks for


def near(claims: Sequence[Claim]) -> dict[int, list[int]]:
    """The ids of accepted claims and candidates near each, the nearest first, by its id."""
    found: dict[int, list[int]] = {claim.pk: [] for claim in claims}
    told = zip(claims, telling_words([claim.text for claim in claims]), strict=True)
    searches = [
        Claim.objects.worded_like(claim.text, words=words)
        .exclude(pk=claim.pk)
        .annotate(place=Value(claim.pk))
        .values_list("place", "pk")[:MOST]
        for claim, words in told
        if len(words) > 1
    ]
    for first in range(0, len(searches), AT_ONCE):
        one, *others = searches[first : first + AT_ONCE]
        for place, pk in one.union(*others, all=True):
            found[place].append(pk)
    return found
