"""Django's PostgreSQL backend, for connections that are kept from one request to the next."""

import select
import time

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from config.kept.bounded import Driver

MINUTE = 60  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    """Before a request the server is asked whether it is still there only where that is in doubt.

    Else each request would begin with a question that takes as long as some of its own.
    """

    Database = Driver()
    looked = 0.0  # when that was, on the clock of time.monotonic

    def is_usable(self):
        """Whether the server is there: it has not said a word, as it would when it hangs up, since
        the last answer, which was within a minute; or it answers now."""
        now = time.monotonic()
        idle, self.looked = now - self.looked, now
        return (idle < MINUTE and self._silent()) or super().is_usable()

    def _silent(self) -> bool:
        # Not closed, nor within a transaction, which may have failed.
        if self.connection.info.transaction_status != TransactionStatus.IDLE:
            return False
        heard = select.poll()
        heard.register(self.connection, select.POLLIN)
        return not heard.poll(0)
