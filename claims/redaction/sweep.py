"""After a redaction: what was on disk goes too."""

import shutil
from datetime import datetime

from django.db import connection

from claims.sync import nightly


def forget_dumps() -> None:
    """The dumps that are there still have the words."""
    for name in nightly.there():
        shutil.rmtree(nightly.FOLDER / name, ignore_errors=True)


def sweep(now: datetime) -> None:
    """Make a new dump, if any is kept; have PostgreSQL overwrite the rows it only marked as gone,
    and its samples of what columns hold. Outside any transaction."""
    forget_dumps()
    nightly.make(now)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
