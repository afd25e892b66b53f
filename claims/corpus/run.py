"""Go through the files of a corpus: parts are read by the workers and loaded in their order.

So what comes first in a file is recorded first, as when one process takes it in.
"""

import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from distributed import Client, Future
from distributed.scheduler import KilledWorker
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims import engine
from claims.arrivals import Arrival, Unread, sift
from claims.corpus import work, worker
from claims.corpus.cluster import NoCluster, wait_for
from claims.corpus.load import load
from claims.corpus.mark import key_of, mark_of
from claims.corpus.parts import Part, parts
from claims.extraction import Reading as Found
from claims.outcome import Outcome, State
from claims.stop import Stop
from claims.take_in import fails_at
from claims.tally import Tally
from sources.batches.delivery import File
from sources.batches.items import Given, Item, LeftOut, Refusal
from sources.batches.names import ending, shown
from sources.corpora.read import Reader, reader
from sources.files import sentence
from sources.known import Text
from sources.origin import Origin
from sources.patience import patiently

AHEAD = 2  # parts for each process: one is read, one waits
NOTHING_HEARD = 60  # seconds until it is asked whether there still is a worker


@dataclass
class _Begun:
    """A part that is with the workers, but for what is ``settled``."""

    part: Part
    settled: list[Outcome]
    unread: list[Unread]
    future: Future | None


@dataclass
class Corpus:
    """Takes files in until ``stop`` is wanted; what is begun then is finished.

    Raises NoCluster, Overtaken; what was loaded before that stays.
    """

    client: Client
    origin: Origin
    today: date
    tally: Tally
    stop: Stop
    again: bool = False
    _ahead: deque[_Begun] = field(default_factory=deque)
    _seen: set[str] = field(default_factory=set)

    def take_in(self, files: Iterable[File]) -> None:
        """All parts that are not there."""
        processes = wait_for(self.client)
        for part in self.stop.until_wanted(self._parts(list(files))):
            self._ahead.append(self._begin(part))
            if len(self._ahead) > AHEAD * processes:
                self._finish(self._ahead.popleft())
        while self._ahead:
            self._finish(self._ahead.popleft())

    def _parts(self, files: list[File]) -> Iterator[Part]:
        whole = sum(file.size for file in files) or 1
        before = 0
        for file in files:
            for part in self._parts_of(file):
                part.items = [
                    replace(item, through=(before + item.through * file.size) / whole)
                    for item in part.items
                ]
                yield part
            before += file.size

    def _parts_of(self, file: File) -> Iterator[Part]:
        name = shown(str(file.path))
        read = reader(file.path)
        if file.refusal:
            self._done(Refusal(name, file.refusal))
        elif read is None and not file.named:
            self._done(LeftOut(name, ending(file.path.name)))
        elif read is None:
            self._done(Refusal(name, _("it is neither JSON Lines, WARC nor Parquet")))
        else:
            yield from self._unread_parts(file.path, name, read)

    def _unread_parts(self, path: Path, name: str, read: Reader) -> Iterator[Part]:
        try:
            key = key_of(path, self.origin)
            if key in self._seen:  # The same file, or a copy, which is as good.
                return
            self._seen.add(key)
            mark = patiently(lambda: mark_of(key, name, self.again), self.tally.away)
            self.tally.earlier(mark.documents)
            for refusal in mark.refusals.order_by("pk"):
                self._done(Refusal(refusal.name, refusal.reason))
            if not mark.ended:
                yield from parts(mark, path, read)
        except OSError as error:
            self._done(Refusal(name, sentence(error)))

    def _begin(self, part: Part) -> _Begun:
        given = [item for item in part.items if isinstance(item, Given)]
        settled = [_outcome(item) for item in part.items if not isinstance(item, Given)]
        outcomes, unread = patiently(lambda: sift(given, self.origin, self.today), self.tally.away)
        future = self._submit(unread) if unread else None
        return _Begun(part, settled + outcomes, unread, future)

    def _submit(self, unread: list[Unread]) -> Future:
        orders = work.Orders(self.today, get_language())
        packed = pickle.dumps((unread, orders))
        return self.client.submit(worker.read, packed, pure=False)

    def _finish(self, begun: _Begun) -> None:
        settled, arrivals = list(begun.settled), []
        answers = self._answers(begun.unread, begun.future) if begun.future else []
        for one, answer in zip(begun.unread, answers, strict=True):
            if isinstance(answer, str):
                settled.append(Outcome(one.item, State.REFUSED, reason=answer))
            elif answer.found is None:
                settled.append(fails_at(one.item))
            else:
                arrivals.append(_arrival(one.item, answer))
        outcomes = patiently(lambda: load(begun.part, settled, arrivals), self.tally.away)
        for outcome in outcomes:
            self.tally.seen(outcome.item)
            self.tally.tell(outcome)

    def _answers(self, unread: list[Unread], future: Future) -> list[work.Read | str]:
        """What became of each; what ends its worker time and again is looked for by halves."""
        try:
            answer = self._heard(future)
        except KilledWorker:
            if len(unread) == 1:
                return [_("reading it ends the process: it may take too much memory")]
            half = len(unread) // 2
            halves = [(some, self._submit(some)) for some in (unread[:half], unread[half:])]
            return [answer for some, future in halves for answer in self._answers(some, future)]
        if answer.extractor != engine.version():
            raise NoCluster(
                _("A worker reads with “%(theirs)s”, this machine with “%(ours)s”.")
                % {"theirs": answer.extractor, "ours": engine.version()}
            )
        return answer.documents

    def _heard(self, future: Future) -> work.Answer:
        while True:
            try:
                return future.result(timeout=NOTHING_HEARD)
            except TimeoutError:
                if not self.client.nthreads():
                    self.tally.say(_("There is no worker. Waiting for one…"))
            except (CancelledError, OSError) as error:
                raise NoCluster(_("The scheduler went away.")) from error

    def _done(self, item: Item) -> None:
        self.tally.seen(item)
        self.tally.tell(_outcome(item))


def _outcome(item: Item) -> Outcome:
    if isinstance(item, Refusal):
        return Outcome(item, State.REFUSED, reason=item.reason)
    return Outcome(item, State.LEFT_OUT)


def _arrival(item: Given, answer: work.Read) -> tuple[Arrival, Found]:
    text = Text(answer.page, item.original, answer.origin)
    return Arrival(item, text, answer.origin.published_on), answer.found
