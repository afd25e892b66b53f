"""An extractor in a process of its own: whatever a text does to it, this one goes on.

It is begun with the first text and kept. A text that takes too long ends it, and the next one
begins it anew.
"""

import threading
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from claims.extraction.children import deaf, end_with_parent
from claims.extraction.claim import Reading

BEGINS_WITHIN = 120  # seconds: the pipeline is loaded, on a busy machine too


class TookTooLong(Exception):
    """A text was not read within its time."""


class CameToNothing(Exception):
    """The process ended, or the extractor failed: the message says at what, never the text."""


class Apart:
    """Reads one text at a time with the pipeline of that name or path."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._one_at_a_time = threading.Lock()
        self._process = self._wire = None

    def read(self, text: str, published_on: str | None, seconds: float) -> Reading:
        """As ``Extractor.read``, within so many seconds; raises TookTooLong, CameToNothing."""
        with self._one_at_a_time:
            try:
                self._begin()
                return self._answer((text, published_on), seconds)
            except (EOFError, OSError) as error:
                self._end()
                raise CameToNothing("the process of the extractor ended") from error
            except BaseException:
                self._end()
                raise

    def _begin(self) -> None:
        if self._process and self._process.is_alive():
            return
        self._end()
        context = get_context("spawn")  # No fork: this process may have threads.
        self._wire, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._model), daemon=True)
        with deaf():
            self._process.start()
        theirs.close()
        try:
            self._answer(None, BEGINS_WITHIN)
        except TookTooLong:
            raise CameToNothing("the pipeline was not loaded in time") from None

    def _answer(self, asked: tuple[str, str | None] | None, seconds: float) -> Reading | None:
        if asked:
            self._wire.send(asked)
        if not self._wire.poll(seconds):
            raise TookTooLong
        answer = self._wire.recv()
        if isinstance(answer, str):
            raise CameToNothing(answer)
        return answer

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.join()
            self._wire.close()
        self._process = self._wire = None


def _serve(wire: Connection, model: str) -> None:
    """Answer None once the pipeline is loaded, then each text with its reading or a fault."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    from claims.extraction.extractor import Extractor

    with suppress(EOFError, OSError):  # The other end is gone.
        try:
            extractor = Extractor(model)
        except Exception as error:  # noqa: BLE001  it is told at the other end
            wire.send(f"{type(error).__name__}: {error}")
            return
        wire.send(None)
        while True:
            asked = wire.recv()
            try:
                answer = extractor.read(*asked)
            except Exception as error:  # noqa: BLE001  a message might quote the text
                answer = type(error).__name__
            wire.send(answer)
