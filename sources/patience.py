"""Waiting for a database that went away."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import Error, InterfaceError, OperationalError, connection

MOST = 120  # seconds
PAUSE = 1  # second until it is tried again
DEADLOCK = "40P01"
# No SQLSTATE: libpq itself failed. Else the server ends, ended or is not there yet.
WENT_AWAY = ("57P01", "57P02", "57P03", "57P05")

T = TypeVar("T")


def patiently(act: Callable[[], T], away: Callable[[], None]) -> T:
    """What ``act`` returns, done again while the database is away; ``away()`` is told of it once.

    ``act`` writes in one transaction, and changes nothing the second time: a server may end between
    doing it and saying so. Raises the last error once it has been waited for long enough.
    """
    begun = None
    while True:
        try:
            return act()
        except (OperationalError, InterfaceError) as error:
            if _state(error) == DEADLOCK:
                continue
            if not is_away(error):
                raise
            connection.close()
            if begun is None:
                begun = time.monotonic()
                away()
            elif time.monotonic() - begun > MOST:
                raise
            time.sleep(PAUSE)


def is_away(error: Error) -> bool:
    """Whether the database went away, hangs or is not there yet; else it answered, and refused."""
    state = _state(error)
    return not state or state in WENT_AWAY or state.startswith("08")


def _state(error: Error) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)
