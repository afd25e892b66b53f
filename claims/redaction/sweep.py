"""After a redaction: what was on disk goes too."""

from datetime import datetime

from django.db import connection

from claims.sync import nightly


def forget_dumps() -> None:
    """The dumps that are there still have the words; so have those that are just being written, and
    what is left of one whose writing was cut off."""
    nightly.forget_all()


def sweep(now: datetime) -> None:
    """Make a new dump, if any is kept; have PostgreSQL overwrite the rows it only marked as gone,
    and its samples of what columns hold. Outside any transaction."""
    forget_dumps()
    nightly.make(now)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
