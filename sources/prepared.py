"""Statements that each request asks: PostgreSQL reads and plans them once a connection."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


@contextmanager
def preparing() -> Iterator[None]:
    """Inside, values are sent beside the statements, so that these stay the same.

    For statements of which reading and planning takes longer than what they do. The rest is asked
    as Django does it, values within; and so are these where queries are logged, to be read and
    explained.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    session = connection.connection
    usual = session.cursor_factory
    if not connection.queries_logged:
        session.cursor_factory = ServerBindingCursor
    try:
        yield
    finally:
        session.cursor_factory = usual


@contextmanager
def prepared() -> Iterator[CursorWrapper]:
    """A cursor for such a statement."""
    with preparing():
        cursor = connections[DEFAULT_DB_ALIAS].cursor()
    with cursor:
        yield cursor
