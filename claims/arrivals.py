"""Texts that were read: looked up, kept with their claims or for the workers, some at a time.

What writes is one transaction, and changes nothing the second time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

from django.db import transaction

from background.queue import Priority
from claims import engine
from claims.extraction import Reading as Found
from claims.jobs import have_read
from claims.models import Reading
from claims.outcome import Outcome, State
from claims.record import Recorded, record_all
from sources.batches.items import Given, Item
from sources.ingest import take_apart
from sources.keep import Ingested, keep, told
from sources.known import Known, Text, read_before
from sources.models import Snapshot
from sources.origin import Origin
from sources.partial_date import PartialDate
from sources.readers.page import Page
from sources.refused import Refused


@dataclass(frozen=True)
class Arrival:
    """A text that was read, and the day its own dates are resolved against."""

    item: Given
    text: Text
    published_on: PartialDate | None

    @property
    def as_read(self) -> tuple[str, str | None]:
        """What the extractor is given."""
        return self.text.page.text, self.published_on and self.published_on.isoformat()


@dataclass(frozen=True)
class Unread:
    """A document to be read; ``page`` is what its file was read into before, if it was."""

    item: Given
    origin: Origin
    page: Page | None = None

    def text(self, today: date) -> Text:
        """Its text; raises Refused."""
        if self.page:
            return Text(self.page, self.item.original, self.origin)
        return take_apart(
            self.item.original,
            self.origin,
            today=today,
            name=self.item.file_name,
            media_type=self.item.media_type,
            charset=self.item.charset,
            fetched_from=self.item.fetched_from,
        )


def sift(
    batch: Sequence[Given], otherwise: Origin, today: date
) -> tuple[list[Outcome], list[Unread]]:
    """Those that are refused, or there with nothing left to do; and the others. Two queries.

    ``otherwise`` holds for what says nothing of its own.
    """
    outcomes, unread = [], []
    origins = [item.origin.or_else(otherwise) for item in batch]
    snapshots = read_before(
        [(item.original, origin.url) for item, origin in zip(batch, origins, strict=True)]
    )
    recorded = _recorded_among(snapshot for snapshot in snapshots if snapshot)
    again = {
        snapshot.pk
        for snapshot, origin in zip(snapshots, origins, strict=True)
        if snapshot and (snapshot.pk not in recorded or told(snapshot.document, origin))
    }
    pages = _pages(again)
    for item, origin, snapshot in zip(batch, origins, snapshots, strict=True):
        try:
            origin.check(today)
        except Refused as reason:
            outcomes.append(Outcome(item, State.REFUSED, reason=str(reason)))
            continue
        if snapshot is None or snapshot.pk in again:
            unread.append(Unread(item, origin, snapshot and pages[snapshot.pk]))
        else:
            outcomes.append(Outcome(item, State.KNOWN))
    return outcomes, unread


def _pages(snapshots: Iterable[int]) -> dict[int, Page]:
    """What was read of snapshots, by their ids."""
    known = Snapshot.objects.filter(pk__in=snapshots).values_list("pk", "text", "media_type")
    return {pk: Page(text, media_type) for pk, text, media_type in known}


def _recorded_among(snapshots: Iterable[Snapshot]) -> set[int]:
    """The ids of those that this version of the extractor has read."""
    readings = Reading.objects.filter(
        snapshot__in=[snapshot.pk for snapshot in snapshots], extractor=engine.version()
    )
    return set(readings.values_list("snapshot_id", flat=True))


@transaction.atomic
def look_up(texts: list[tuple[Given, Text]]) -> tuple[list[Given], list[Arrival]]:
    """Those that are there with their claims, completed, or were redacted; and those that are
    not."""
    known = Known([text for _, text in texts])
    recorded = _recorded_among(known.snapshots.values())
    redacted, settled, arrivals = [], [], []
    for item, text in texts:
        if known.is_redacted(text):
            redacted.append(item)
            continue
        document = known.document(text)
        snapshot = document and known.snapshots.get((document.pk, text.sha256))
        if snapshot and snapshot.pk in recorded:
            settled.append((item, text))
        else:
            published_on = document and document.published_on
            arrivals.append(Arrival(item, text, published_on or text.origin.published_on))
    if settled:
        keep([text for _, text in settled])
    return [*redacted, *(item for item, _ in settled)], arrivals


def record_arrivals(batch: list[tuple[Arrival, Found]]) -> list[Outcome]:
    """Keep the texts of a batch with their claims; what was redacted is passed over."""
    try:
        return _record(batch)
    except Refused:
        known = Known([arrival.text for arrival, _found in batch])
        redacted = [known.is_redacted(arrival.text) for arrival, _found in batch]
        if not any(redacted):
            raise
    settled = [Outcome(arrival.item, State.KNOWN) for arrival, _found in compress(batch, redacted)]
    others = [pair for pair, is_redacted in zip(batch, redacted, strict=True) if not is_redacted]
    return settled + record_arrivals(others)


@transaction.atomic
def _record(batch: list[tuple[Arrival, Found]]) -> list[Outcome]:
    kept = keep([arrival.text for arrival, _found in batch])
    read = {
        ingested.snapshot.pk: (ingested.snapshot, _found_on(ingested.snapshot, arrival, found))
        for ingested, (arrival, found) in zip(kept, batch, strict=True)
    }
    recorded = dict(zip(read, record_all(list(read.values()), engine.version()), strict=True))
    return [
        # What comes twice is recorded once.
        Outcome(
            arrival.item,
            State.of(ingested),
            recorded.pop(ingested.snapshot.pk, Recorded(len(found.claims))),
        )
        for ingested, (arrival, found) in zip(kept, batch, strict=True)
    ]


def _found_on(snapshot: Snapshot, arrival: Arrival, found: Found) -> Found:
    """What was found, read anew if the document has got another date meanwhile."""
    if snapshot.document.published_on == arrival.published_on:
        return found
    return engine.read(snapshot)


@transaction.atomic
def defer_arrivals(arrivals: list[Arrival]) -> list[Outcome]:
    """Keep the texts, and queue the reading of each."""
    kept = keep([arrival.text for arrival in arrivals])
    return [
        defer_reading(arrival.item, ingested)
        for arrival, ingested in zip(arrivals, kept, strict=True)
    ]


def defer_reading(item: Item, ingested: Ingested) -> Outcome:
    """Queue the reading of what is kept, in the transaction that is open."""
    have_read(ingested.snapshot.pk, Priority.NEWS)
    return Outcome(item, State.of(ingested))
