"""Ctrl-C as a wish to come to an end, not to break off."""

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class Stop:
    """Whether somebody wants to come to an end."""

    wanted = False

    def until_wanted(self, items: Iterable[T]) -> Iterator[T]:
        """The items, up to then."""
        for item in items:
            if self.wanted:
                return
            yield item


@contextmanager
def stop_on_interrupt(tell: Callable[[], None]) -> Iterator[Stop]:
    """Inside, the first SIGINT is a wish, of which ``tell()`` is told; the second breaks off."""
    stop = Stop()

    def wish(number, frame):
        stop.wanted = True
        signal.signal(signal.SIGINT, before)
        tell()

    before = signal.signal(signal.SIGINT, wish)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
