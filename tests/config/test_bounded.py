"""Requests do not wait for ever for a server that hangs; commands and workers do, and go on."""

import os
import signal
import socket
import threading
import time

import psycopg
import pytest
from django.db import OperationalError, connection
from django.db.utils import ConnectionHandler

from config.kept import bounded

SECONDS = 0.4


@pytest.fixture
def bound(monkeypatch):
    """As where requests are answered."""
    monkeypatch.setattr(bounded._now, "seconds", SECONDS)
    monkeypatch.setattr(bounded._now, "alone", {})


@pytest.fixture
def kept(django_db_setup, django_db_blocker):
    """A connection of its own."""
    handler = ConnectionHandler({"default": {**connection.settings_dict}})
    with django_db_blocker.unblock():
        handler["default"].ensure_connection()
        yield handler["default"]
        handler.close_all()


@pytest.fixture
def stopped(kept):
    """The process of the server that answers it is stopped: as on a disk that hangs."""
    process = kept.connection.info.backend_pid
    os.kill(process, signal.SIGSTOP)
    yield process
    os.kill(process, signal.SIGCONT)


def ask(kept, sql="SELECT 42"):
    with kept.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def test_a_server_that_hangs_is_given_up(bound, kept, stopped):
    with pytest.raises(OperationalError, match="did not answer within"):
        ask(kept)


def test_the_next_request_has_another_connection(bound, kept, stopped):
    with pytest.raises(OperationalError):
        ask(kept)
    kept.close_if_unusable_or_obsolete()  # As Django does when a request begins.
    assert ask(kept) == (42,)


def test_a_statement_that_takes_too_long_is_ended_in_the_server_too(bound, kept):
    process = kept.connection.info.backend_pid
    with pytest.raises(OperationalError):
        ask(kept, "SELECT pg_sleep(60)")
    kept.close()
    deadline = time.monotonic() + 10
    left = f"SELECT count(*) FROM pg_stat_activity WHERE pid = {process}"
    while ask(kept, left) != (0,):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_other_faults_are_told_as_they_are(bound, kept):
    with pytest.raises(OperationalError, match="42"):
        ask(kept, "DO $$ BEGIN RAISE EXCEPTION '42' USING ERRCODE = '57014'; END $$")
    assert ask(kept) == (42,)


def test_who_is_not_bound_waits_until_it_goes_on(kept, stopped):
    threading.Timer(2 * SECONDS, os.kill, [stopped, signal.SIGCONT]).start()
    assert ask(kept) == (42,)


@pytest.fixture
def silent():
    """The address of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield {"host": "127.0.0.1", "port": listener.getsockname()[1], "connect_timeout": 2}


def test_only_the_first_waits_for_a_server_that_takes_connections_and_hangs(bound, silent):
    with pytest.raises(psycopg.errors.ConnectionTimeout):
        bounded.Bounded.connect(**silent)
    with pytest.raises(psycopg.OperationalError, match="a moment ago"):
        bounded.Bounded.connect(**silent)


def test_it_is_asked_again_after_a_pause(bound, kept, monkeypatch):
    at = kept.get_connection_params()
    server = tuple(map(at.get, bounded.TOLD_BY))
    monkeypatch.setattr(bounded._now, "alone", {server: time.monotonic() - 1})
    kept.close()
    assert ask(kept) == (42,)
    assert not bounded._now.alone


def test_another_server_is_not_left_alone_with_it(bound, kept, silent):
    with pytest.raises(psycopg.errors.ConnectionTimeout):
        bounded.Bounded.connect(**silent)
    kept.close()
    assert ask(kept) == (42,)


def test_a_standby_is_not_the_primary_of_the_same_hosts(bound, silent):
    with pytest.raises(psycopg.errors.ConnectionTimeout):
        bounded.Bounded.connect(**silent, target_session_attrs="standby")
    with pytest.raises(psycopg.errors.ConnectionTimeout):
        bounded.Bounded.connect(**silent, target_session_attrs="read-write")
