from itertools import chain, repeat

import psycopg
import pytest
from django.db import InterfaceError, OperationalError

from sources import patience
from sources.patience import patiently


@pytest.fixture(autouse=True)
def _at_once(monkeypatch, db_is_left_alone):
    monkeypatch.setattr(patience, "PAUSE", 0)


@pytest.fixture
def db_is_left_alone(monkeypatch):
    class Connection:
        closed = 0

        def close(self):
            self.closed += 1

    monkeypatch.setattr(patience, "connection", Connection())


def error(cause=None, kind=OperationalError):
    raised = kind("x")
    raised.__cause__ = cause
    return raised


def act(*errors):
    """Something that raises each in turn, then returns what it is called for."""
    turns = chain(errors, repeat(None))

    def go():
        if raised := next(turns):
            raise raised
        return "done"

    return go


@pytest.mark.parametrize(
    "raised",
    [
        error(psycopg.OperationalError("server closed the connection unexpectedly")),
        error(psycopg.errors.AdminShutdown()),
        error(psycopg.errors.CrashShutdown()),
        error(psycopg.errors.CannotConnectNow()),
        error(kind=InterfaceError),
    ],
)
def test_a_database_that_went_away_is_waited_for_and_told_of_once(raised):
    told = []
    assert patiently(act(raised, raised, raised), lambda: told.append(1)) == "done"
    assert told == [1]
    assert patience.connection.closed == 3


def test_it_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr(patience, "MOST", -1)
    with pytest.raises(OperationalError):
        patiently(act(*[error()] * 3), lambda: None)


def test_after_a_deadlock_it_is_done_again_without_a_word():
    told = []
    deadlock = error(psycopg.errors.DeadlockDetected())
    assert patiently(act(deadlock), lambda: told.append(1)) == "done"
    assert told == []


def test_a_full_disk_is_not_waited_for():
    with pytest.raises(OperationalError):
        patiently(act(error(psycopg.errors.DiskFull())), lambda: None)
