"""How far an import is, told while its transaction is open: over another connection."""

import time
from collections.abc import Callable
from contextlib import closing

from django.db import connection

from claims.models import Import

PAUSE = 1  # second between two


def teller(import_: Import) -> Callable[[int, float], None]:
    """A function that takes how many rows were seen, and how far that is, from 0 to 1."""
    last = time.monotonic()
    table = Import._meta.db_table

    def tell(seen: int, through: float) -> None:
        nonlocal last
        if time.monotonic() - last < PAUSE:
            return
        last = time.monotonic()
        with closing(connection.copy()) as other, other.cursor() as cursor:
            # Whoever holds the row may be waiting for us.
            cursor.execute(
                f"UPDATE {table} SET seen = %s, through = %s WHERE id ="
                f" (SELECT id FROM {table} WHERE id = %s FOR UPDATE SKIP LOCKED)",
                [seen, through, import_.pk],
            )

    return tell
