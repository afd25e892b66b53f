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
from sources.storable import storable


class Overtaken(Exception):
    """Somebody else takes in the same file."""


@transaction.atomic
def load(
    part: Part, settled: list[Outcome], arrivals: list[tuple[Arrival, Found]]
) -> list[Outcome]:
    """What became of each document of a part; of some it is ``settled`` before.

    Raises Overtaken, and has loaded nothing then.
    """
    mark = CorpusFile.objects.select_for_update().filter(pk=part.mark.pk).first()
    if mark is None:  # They go through it again.
        raise Overtaken
    with by_copy():
        outcomes = [*settled, *record_arrivals(arrivals)]
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
