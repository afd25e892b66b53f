"""When a job that failed is tried again."""

from django.db import InterfaceError, OperationalError
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

MOST = 6  # attempts
FIRST = 30  # seconds; each wait is four times the one before, the last is more than two hours


class BackOff(BaseRetryStrategy):
    """Again, later and later, after what is temporary; never after what would be so again."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not is_temporary(exception) or job.attempts + 1 >= MOST:
            return None
        return RetryDecision(retry_in={"seconds": FIRST * 4**job.attempts})


def is_temporary(exception: BaseException) -> bool:
    """Whether the same may go well later: the database was away, or the exception says so."""
    if isinstance(exception, OperationalError | InterfaceError):
        return True
    return getattr(exception, "temporary", False)
