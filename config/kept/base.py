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

    def chunked_cursor(self):
        """As Django's, which reads a large answer piece by piece; but behind a pooler only within a
        transaction, after which another server process may be asked, which knows no such cursor."""
        if self.settings_dict.get("POOLED") and not self.in_atomic_block:
            return self.cursor()
        return super().chunked_cursor()

    def _silent(self) -> bool:
        # Not closed, nor within a transaction, which may have failed.
        if self.connection.info.transaction_status != TransactionStatus.IDLE:
            return False
        heard = select.poll()
        heard.register(self.connection, select.POLLIN)
        return not heard.poll(0)
