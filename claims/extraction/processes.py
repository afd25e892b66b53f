"""Read texts in several processes, the readings in the order of the texts."""

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context

from spacy.language import Language

from claims.extraction.children import deaf, end_with_parent
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
                with deaf():  # A process is begun, where one is needed.
                    waiting.append(pool.submit(_read, batch))
                if len(waiting) > AHEAD * n_process:
                    yield from waiting.popleft().result()
        except Exception:
            yield from chain.from_iterable(future.result() for future in waiting)
            raise
        yield from chain.from_iterable(future.result() for future in waiting)
    finally:
        pool.shutdown(cancel_futures=True)


def _prepare(reader: type, nlp: Language) -> None:
    threading.Thread(target=end_with_parent, daemon=True).start()
    global _reader
    _reader = reader(nlp)


def _read(batch: Batch) -> list[Reading]:
    return list(_reader.read_many(batch))
