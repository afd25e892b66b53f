"""Load what was read of a part, and mark how far its file came: both or neither."""

from django.db import transaction
from django.db.models import F

from claims.arrivals import Arrival, record_arrivals
from claims.corpus.mark import place
from claims.corpus.parts import Part
from claims.extraction import Reading as Found
from claims.models import CorpusFile, CorpusRefusal
from claims.outcome import Outcome, State
from sources.insert import by_copy
from sources.known import Known
from sources.storable import storable


class Overtaken(Exception):
    """Somebody else takes in the same file."""


@transaction.atomic
def load(
    part: Part, settled: list[Outcome], arrivals: list[tuple[Arrival, Found]]
) -> list[Outcome]:
    """What became of each document of a part; of some it is ``settled`` before.

    One whose words were redacted is not taken in again. Raises Overtaken, and has loaded nothing
    then.
    """
    mark = CorpusFile.objects.select_for_update().get(pk=part.mark.pk)
    known = Known([arrival.text for arrival, _found in arrivals])
    redacted = [pair for pair in arrivals if known.is_redacted(pair[0].text)]
    others = [pair for pair in arrivals if not known.is_redacted(pair[0].text)]
    outcomes = [*settled, *(Outcome(arrival.item, State.KNOWN) for arrival, _found in redacted)]
    with by_copy():
        outcomes += record_arrivals(others)
    if place(mark) == part.before and not mark.ended:
        _move(part, outcomes)
    elif place(mark) != part.after:  # Else the server ended after it was done.
        raise Overtaken
    return outcomes


def _move(part: Part, outcomes: list[Outcome]) -> None:
    refused = [outcome for outcome in outcomes if outcome.state is State.REFUSED]
    there = sum(outcome.state in (State.NEW, State.KNOWN) for outcome in outcomes)
    CorpusFile.objects.filter(pk=part.mark.pk).update(
        at=part.after.at,
        number=part.after.number,
        documents=F("documents") + there,
        ended=part.last,
    )
    CorpusRefusal.objects.bulk_create(
        CorpusRefusal(
            file_id=part.mark.pk,
            name=storable(outcome.item.name),
            reason=storable(outcome.reason),
        )
        for outcome in refused
    )
