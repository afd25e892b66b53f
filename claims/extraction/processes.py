"""Read texts in several processes, the readings in the order of the texts."""

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain
from multiprocessing import get_context, parent_process

from spacy.language import Language

from claims.extraction.claim import Reading

Batch = list[tuple[str, str | None]]
AHEAD = 2  # batches given to each process before the first reading is waited for


def read_in_processes(
    reader: type, nlp: Language, batches: Iterable[Batch], n_process: int
) -> Iterator[Reading]:
    """Yield the readings of all batches; each process has a ``reader(nlp)`` of its own.

    An error of `batches` is raised after the readings of those before it.
    """
    # A process of its own, not a fork: this one may have threads.
    pool = ProcessPoolExecutor(n_process, get_context("spawn"), _prepare, (reader, nlp))
    waiting: deque[Future] = deque()
    try:
        try:
            for batch in filter(None, batches):
                with _deaf():  # A process is begun, where one is needed.
                    waiting.append(pool.submit(_read, batch))
                if len(waiting) > AHEAD * n_process:
                    yield from waiting.popleft().result()
        except Exception:
            yield from chain.from_iterable(future.result() for future in waiting)
            raise
        yield from chain.from_iterable(future.result() for future in waiting)
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _deaf() -> Iterator[None]:
    """What is begun inside hears no Ctrl-C: in the terminal that is for the parent, which waits for
    ever for a process that ends while it begins.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare(reader: type, nlp: Language) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _reader
    _reader = reader(nlp)


def _end_with_parent() -> None:
    """A parent that was killed tells nobody; its processes would wait for work for ever."""
    parent_process().join()
    os._exit(1)


def _read(batch: Batch) -> list[Reading]:
    return list(_reader.read_many(batch))
