"""The database backend that starts the embedded server."""

import os

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from config import postgres
from config.engine import base, server
from config.engine.failure import Failure
from tests.config.users import gone


@pytest.fixture
def connection(folder, django_db_blocker):
    """A connection of Django's to the database in ``folder``, not yet made."""
    handler = ConnectionHandler({"default": postgres.database(None, folder)})
    with django_db_blocker.unblock():
        yield handler["default"]
    handler.close_all()
    if folder in server._held:
        os.close(server._held.pop(folder))
        assert gone(folder)


def test_a_connection_starts_the_server(connection, folder):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == ("constat",)


def test_the_backend_counts_as_postgresql(connection):
    assert isinstance(connection, base.DatabaseWrapper)
    assert connection.vendor == "postgresql"


def test_what_keeps_the_server_from_running_is_an_operational_error(connection, monkeypatch):
    def fail(folder):
        raise Failure("No room is left on the disk for the database in {folder}.", folder="x")

    monkeypatch.setattr(server, "hold", fail)
    with pytest.raises(OperationalError) as error:
        connection.ensure_connection()
    assert isinstance(error.value.__cause__, Failure)
