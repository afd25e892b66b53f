"""Connections that do not wait for ever for a server that hangs: stopped, on a dead disk, cut off.

Only where requests are answered (``bound``). Commands and workers have work that takes long, and
nobody waits: they go on when the server does.
"""

import time
from contextlib import suppress
from types import SimpleNamespace

import psycopg
from psycopg import pq

PAUSE = 5  # seconds in which nobody else asks a server that did not answer
# What tells a server: of the same hosts the one is the primary, the other a standby.
TOLD_BY = ("host", "port", "target_session_attrs")

# Of this process: how many seconds a statement may take; until when each server is left alone.
_now = SimpleNamespace(seconds=None, alone={})


def bound(seconds: float) -> None:
    """From now on no statement of this process takes longer: OperationalError."""
    _now.seconds = seconds


class Bounded(psycopg.Connection):
    """Raises psycopg.OperationalError where the server says nothing in time, and is closed."""

    @classmethod
    def connect(cls, conninfo="", **named):
        """As ever; but while a server does not answer, few wait for it in vain."""
        server = tuple(map(named.get, TOLD_BY))
        until = _now.alone.get(server)
        if _now.seconds and until is not None:
            if time.monotonic() < until:
                raise psycopg.OperationalError("the server did not answer a moment ago")
            _now.alone[server] = time.monotonic() + PAUSE
        try:
            made = super().connect(conninfo, **named)
        except psycopg.errors.ConnectionTimeout:
            _now.alone[server] = time.monotonic() + PAUSE
            raise
        except psycopg.Error:
            _now.alone.pop(server, None)
            raise
        _now.alone.pop(server, None)
        return made

    def wait(self, gen, *args, timeout=None, **named):
        """As ever; within the bound, where the caller has none of its own."""
        if timeout is not None or _now.seconds is None:
            return super().wait(gen, *args, timeout=timeout, **named)
        begun = time.monotonic()
        try:
            return super().wait(gen, *args, timeout=_now.seconds, **named)
        except psycopg.OperationalError as error:
            in_time = time.monotonic() - begun < _now.seconds
            if in_time or self.pgconn.transaction_status != pq.TransactionStatus.ACTIVE:
                raise
            with suppress(psycopg.Error):  # It may just be slow.
                self.cancel_safe(timeout=1)
            self.pgconn.finish()
            raise psycopg.OperationalError(
                f"the server did not answer within {_now.seconds:g} seconds"
            ) from error


class Driver:
    """psycopg, but for its connections."""

    connect = Bounded.connect

    def __getattr__(self, name: str):
        return getattr(psycopg, name)
