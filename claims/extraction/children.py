"""What processes that serve another have in common: they hear no Ctrl-C and end with it."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process


@contextmanager
def deaf() -> Iterator[None]:
    """What is begun inside hears no Ctrl-C: in the terminal that is for the parent, which waits for
    ever for a process that ends while it begins.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent() -> None:
    """A parent that was killed tells nobody; its processes would wait for work for ever."""
    parent_process().join()
    os._exit(1)
