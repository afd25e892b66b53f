"""Errors that lie outside the code (no database, no room, wrong settings), as one sentence."""

import errno
import logging

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, NotSupportedError, OperationalError
from django.utils.translation import gettext as _
from psycopg.errors import DiskFull, TooManyConnections

from config.engine.failure import Failure
from sources.patience import is_away as went_away

WITHOUT_ROOM = "53"  # SQLSTATE: no room on its disk, no memory, no connection left
REFUSED = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}


def sentence(error: Exception) -> str | None:
    """What to tell whoever runs a command, or None when ``error`` may be a fault of ours."""
    match error:
        case ImproperlyConfigured():
            return str(error)
        case NotSupportedError() if "or later is required" in str(error):
            return str(error)  # Django's own, on a server that is too old.
        case OperationalError(__cause__=Failure()):
            return str(error)
        case OperationalError(__cause__=DiskFull()):
            return _("No room is left on the disk of the database.")
        case OperationalError(__cause__=cause) if _is_connection(cause):
            reason = str(cause).partition("\n")[0].removeprefix("connection failed: ")
            return _("The database cannot be reached: {reason}").format(reason=reason)
        case OSError(errno=number) if number in REFUSED:
            return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return None


def _is_connection(cause: BaseException | None) -> bool:
    """Whether libpq itself, not a statement, failed: then there is no SQLSTATE."""
    return isinstance(cause, TooManyConnections) or getattr(cause, "sqlstate", "") is None


def is_away(error: BaseException | None) -> bool:
    """Whether the database cannot answer now, whatever is asked."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return went_away(error) or state.startswith(WITHOUT_ROOM)


class InASentence(logging.Filter):
    """While the database is away each request tells of it: in a line, not with its trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info and record.exc_info[1]
        if is_away(error) and (said := sentence(error)):
            record.msg, record.args = f"{record.getMessage()}: {said}", None
            record.exc_info = record.exc_text = None
        return True
