"""Where pages are read: from a replica that answers and is not far behind, else from the primary.

What was found out about a server holds for some seconds, for all threads of the process.
"""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

LOOKED = 2  # seconds that a look at a replica holds for
AWAY = 5  # seconds that a server which did not answer is left alone

# How far behind is this standby, in seconds? Nothing, if it is none, or cannot tell. While it
# streams and has applied all it received, it is up to date, however long ago the last change was.
LAG = """
SELECT CASE
  WHEN NOT pg_is_in_recovery() THEN NULL
  WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
    AND EXISTS (SELECT FROM pg_stat_wal_receiver) THEN 0
  ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
END::float
"""


class Server:
    """One that is connected to by ``alias``; ``lag`` is how far behind it was last seen."""

    def __init__(self, alias: str):
        self.alias, self.lag = alias, None
        self._looked = self._away_until = float("-inf")  # on the clock of time.monotonic

    def answers(self) -> bool:
        """Whether this thread is connected to it; one that refused is left alone for a while."""
        if time.monotonic() < self._away_until:
            return False
        try:
            connections[self.alias].close_if_health_check_failed()
            connections[self.alias].ensure_connection()
        except Error:
            self._away_until = time.monotonic() + AWAY
            return False
        return True

    def is_there(self) -> bool:
        """The same, but asked for it: a pooler takes connections though its server is gone."""
        if not self.answers():
            return False
        try:
            with connections[self.alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error:
            connections[self.alias].close()
            self._away_until = time.monotonic() + AWAY
            return False
        return True

    def is_near(self) -> bool:
        """Whether it is a replica that pages are read from."""
        if not self.answers():
            return False
        if time.monotonic() - self._looked > LOOKED:
            self._looked = time.monotonic()  # The other threads go by what was seen before.
            try:
                self.lag = self.ask()
            except Error:
                self.lag = None
                connections[self.alias].close()
        return self.lag is not None and self.lag <= settings.REPLICA_SECONDS

    def ask(self) -> float | None:
        """How far behind it is now, in seconds; None if that cannot be told. Raises Error."""
        with connections[self.alias].cursor() as cursor:
            cursor.execute(LAG)
            return cursor.fetchone()[0]

    def look_again(self) -> None:
        """What was seen of it holds no longer."""
        self._looked = float("-inf")


PRIMARY = Server(DEFAULT_DB_ALIAS)
REPLICAS = [Server(alias) for alias in settings.REPLICAS]


def chosen() -> Server:
    """Any replica that is near, else the primary; if that does not answer, any replica that does:
    what was true a while ago is better than no page. Inside a transaction always the primary."""
    if not REPLICAS or connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return PRIMARY
    replicas = random.sample(REPLICAS, len(REPLICAS))
    near = (each for each in replicas if each.is_near())
    if found := next(near, None):
        return found
    if PRIMARY.is_there():
        return PRIMARY
    return next((each for each in replicas if each.answers()), PRIMARY)


@contextmanager
def on(server: Server) -> Iterator[None]:
    """Inside, this thread's one connection is that to ``server``, for every query, transaction and
    variable of the session, whoever asks."""
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[server.alias]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual
