"""Take in many documents: what is there already is passed over, the rest is read and recorded."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.db import transaction
from django.utils import timezone
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _

from claims import engine
from claims.arrivals import (
    Arrival,
    Unread,
    defer_arrivals,
    defer_reading,
    look_up,
    record_arrivals,
    sift,
)
from claims.extraction import Reading as Found
from claims.outcome import Observer, Outcome, State
from claims.record import record
from claims.stop import Stop
from sources.batches.items import Given, Item, LeftOut, Refusal
from sources.fetching.fetch import Fetched, fetch
from sources.known import Text
from sources.origin import Origin
from sources.patience import patiently
from sources.refused import Refused

log = logging.getLogger(__name__)

BATCH = 64  # documents looked up, and written, at once
BATCH_BYTES = 8_000_000  # or fewer, if they are larger than this together
READERS = 4  # files parsed at once, each in a process of its own


@dataclass(frozen=True)
class Intake:
    """Takes in what is given, until ``stop`` is wanted; what is begun then is finished.

    A document is there with its claims or not at all, so this may end anywhere and be begun anew.
    """

    origin: Origin
    today: date
    observer: Observer
    stop: Stop = field(default_factory=Stop)

    def record(self, items: Iterable[Item], processes: int = 1) -> None:
        """Keep each text with its claims, which so many processes find."""
        arrivals = chain.from_iterable(self._arrivals(items))
        readings = self._readings(self.stop.until_wanted(arrivals), processes)
        for batch in _batches(readings, lambda pair: len(pair[0].text.original)):
            self._tell_all(lambda batch=batch: record_arrivals(batch))

    def defer(self, items: Iterable[Item]) -> None:
        """Keep each text, and have workers find its claims."""
        for arrivals in self._arrivals(items):
            for arrival in arrivals:
                self.observer.seen(arrival.item)
            self._tell_all(lambda arrivals=arrivals: defer_arrivals(arrivals))

    def fetch(self, url: str, item: Item, *, background: bool = False) -> None:
        """Fetch what stands at an address and keep it, with its claims or for the workers."""
        try:
            fetched = fetch(url, now=timezone.now())
            outcome = patiently(
                lambda: self._fetched(fetched, item, background), self.observer.away
            )
        except Refused as reason:
            outcome = Outcome(item, State.REFUSED, reason=str(reason))
        self._done(outcome)

    @transaction.atomic
    def _fetched(self, fetched: Fetched, item: Item, background: bool) -> Outcome:
        ingested = fetched.ingest(self.origin, today=self.today)
        if background:
            return defer_reading(item, ingested)
        found = engine.read(ingested.snapshot)
        recorded = record(ingested.snapshot, found, engine.version())
        return Outcome(item, State.of(ingested), recorded)

    def _readings(
        self, arrivals: Iterator[Arrival], processes: int
    ) -> Iterator[tuple[Arrival, Found]]:
        """What is found in each; a text that the extractor fails at keeps no other out."""
        waiting: deque[Arrival] = deque()
        broken = False

        def texts() -> Iterator[tuple[str, str | None]]:
            nonlocal broken
            try:
                for arrival in arrivals:
                    waiting.append(arrival)
                    yield arrival.as_read
            except Exception:
                broken = True
                raise

        while True:
            try:
                for found in engine.extractor().read_many(texts(), n_process=processes):
                    self.observer.seen(waiting[0].item)
                    yield waiting.popleft(), found
            except Exception:
                if broken or not waiting:  # It is not the extractor that failed.
                    raise
                yield from self._one_by_one(waiting)
            else:
                return

    def _one_by_one(self, waiting: deque[Arrival]) -> Iterator[tuple[Arrival, Found]]:
        while waiting:
            arrival = waiting.popleft()
            try:
                found = engine.extractor().read(*arrival.as_read)
            except Exception:
                log.exception("The extractor fails at %s", arrival.item.name)
                self._done(fails_at(arrival.item))
            else:
                self.observer.seen(arrival.item)
                yield arrival, found

    def _done(self, outcome: Outcome) -> None:
        self.observer.seen(outcome.item)
        self.observer.tell(outcome)

    def _tell_all(self, act: Callable[[], list[Outcome]]) -> None:
        for outcome in patiently(act, self.observer.away):
            self.observer.tell(outcome)

    def _arrivals(self, items: Iterable[Item]) -> Iterator[list[Arrival]]:
        """What the extractor has to read, some at once; tells of all else."""
        for texts in filter(None, self._texts(items)):
            settled, arrivals = patiently(lambda texts=texts: look_up(texts), self.observer.away)
            for item in settled:
                self._done(Outcome(item, State.KNOWN))
            if arrivals:
                yield arrivals

    def _texts(self, items: Iterable[Item]) -> Iterator[list[tuple[Given, Text]]]:
        """What is new, or not read by this extractor; some are parsed ahead."""
        given = self._given(self.stop.until_wanted(items))
        # Each thread has a language of its own, in which it refuses.
        with ThreadPoolExecutor(READERS, "reader", activate, [get_language()]) as pool:
            ahead: deque[list[tuple[Given, Future]]] = deque()
            try:
                for batch in _batches(given, lambda item: len(item.original)):
                    unread = self._unread(batch)
                    ahead.append([(one.item, pool.submit(one.text, self.today)) for one in unread])
                    if len(ahead) > 1:
                        yield self._parsed(ahead.popleft())
                while ahead:
                    yield self._parsed(ahead.popleft())
            finally:
                pool.shutdown(cancel_futures=True)

    def _given(self, items: Iterable[Item]) -> Iterator[Given]:
        for item in items:
            match item:
                case Given():
                    yield item
                case Refusal():
                    self._done(Outcome(item, State.REFUSED, reason=item.reason))
                case LeftOut():
                    self._done(Outcome(item, State.LEFT_OUT))

    def _unread(self, batch: list[Given]) -> list[Unread]:
        """Those that are not there, or have something left to do."""
        outcomes, unread = patiently(
            lambda: sift(batch, self.origin, self.today), self.observer.away
        )
        for outcome in outcomes:
            self._done(outcome)
        return unread

    def _parsed(self, reading: list[tuple[Given, Future]]) -> list[tuple[Given, Text]]:
        texts = []
        for item, future in reading:
            try:
                texts.append((item, future.result()))
            except Refused as reason:
                self._done(Outcome(item, State.REFUSED, reason=str(reason)))
        return texts


def fails_at(item: Item) -> Outcome:
    """What is told of a text that the extractor fails at."""
    reason = _("the extractor fails at it: this is a fault of Constat, report it")
    return Outcome(item, State.REFUSED, reason=reason)


def _batches(items: Iterable, size: Callable) -> Iterator[list]:
    """Some at a time: ``BATCH`` of them, or fewer that have ``BATCH_BYTES`` together."""
    batch, taken = [], 0
    for item in items:
        batch.append(item)
        taken += size(item)
        if len(batch) >= BATCH or taken >= BATCH_BYTES:
            yield batch
            batch, taken = [], 0
    if batch:
        yield batch
