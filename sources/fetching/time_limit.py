"""The time one fetch may take, by the clock on the wall."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from sources.fetching.failure import Failed


class TimeLimit:
    """Runs from when it is made at ``now``; waiting for a turn does not count."""

    def __init__(self, now: datetime, seconds: float):
        self.seconds = seconds
        self._now = now
        self._start = time.monotonic()
        self._waited = 0.0

    @property
    def now(self) -> datetime:
        return self._now + timedelta(seconds=time.monotonic() - self._start)

    def left(self) -> float:
        """Seconds, more than none; raises Failed once the time is over."""
        left = self.seconds + self._waited - (time.monotonic() - self._start)
        if left <= 0:
            raise Failed(
                _("the site did not send everything within %(seconds)d seconds")
                % {"seconds": self.seconds},
                temporary=True,
            )
        return left

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)
        self._waited += seconds

    @contextmanager
    def cuts(self, sock: socket.socket) -> Iterator[None]:
        """End the connection when the time is over, even while something is read from it.

        The timeout of a socket is for one read only: a site that sends a byte now and then would
        never meet it.
        """
        timer = threading.Timer(self.left(), _shut, [sock])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):  # It may be closed by now.
        # Not that of an SSLSocket, which takes the connection from under the reader's feet.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
