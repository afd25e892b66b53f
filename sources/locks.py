"""One at a time, in whatever process: who comes second waits until the first has committed."""

from collections.abc import Iterable

from django.db import connection


def hold(keys: Iterable[str]) -> None:
    """Hold each of ``keys`` until the open transaction ends."""
    with connection.cursor() as cursor:
        # In one order everywhere, so that nobody waits for who waits for him.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s::text[]) AS key",
            [sorted(set(keys))],
        )
