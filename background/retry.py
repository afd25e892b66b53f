"""When a job that failed is tried again."""

import psycopg
from django.db import InterfaceError, OperationalError
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

MOST = 6  # attempts
FIRST = 30  # seconds; each wait is four times the one before, the last is more than two hours
AWAY = 5  # seconds: a database that went away is back soon, and a worker without one waits anyway


class BackOff(BaseRetryStrategy):
    """Again, later and later, after what is temporary; never after what would be so again."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not is_temporary(exception) or job.attempts + 1 >= MOST:
            return None
        wait = AWAY if _is_of_the_database(exception) else FIRST * 4**job.attempts
        return RetryDecision(retry_in={"seconds": wait})


def is_temporary(exception: BaseException) -> bool:
    """Whether the same may go well later: the database was away, or the exception says so."""
    return _is_of_the_database(exception) or getattr(exception, "temporary", False)


def _is_of_the_database(exception: BaseException) -> bool:
    """It was away, or another transaction stood in the way.

    Where a cursor is closed, psycopg says so itself.
    """
    return isinstance(
        exception,
        OperationalError | InterfaceError | psycopg.OperationalError | psycopg.InterfaceError,
    )
