"""Date candidates by their document, where that is dated only after it was read."""

from django.db import transaction

from claims.extraction import Reading as Found
from claims.models import Claim
from sources.models import Snapshot
from sources.partial_date import PartialDate


@transaction.atomic
def date_candidates(snapshot: Snapshot, found: Found) -> int:
    """Give undated candidates the day that a later reading of the same text found.

    Returns how many. What an editor decided on, or dated, stays as it is.
    """
    said_on = {tuple(candidate.content): candidate.said_on for candidate in found.claims}
    undated = Claim.objects.candidates().filter(sentence__snapshot=snapshot, said_on=None)
    dated = []
    for claim in undated.select_for_update(no_key=True):
        day = said_on.get(tuple((span.lower, span.upper) for span in claim.content))
        if day:
            claim.said_on = PartialDate.parse(day)
            claim.save(update_fields=["said_on"])
            dated.append(claim)
    return len(dated)
