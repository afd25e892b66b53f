"""Whether the server is still there is asked only where that is in doubt."""

import pytest
from django.db import DataError, connection
from django.db.backends.postgresql import base
from django.db.utils import ConnectionHandler

from config.kept.base import MINUTE


@pytest.fixture
def kept(django_db_setup, django_db_blocker):
    """A connection of its own, which has just answered."""
    handler = ConnectionHandler({"default": {**connection.settings_dict}})
    with django_db_blocker.unblock():
        handler["default"].ensure_connection()
        assert handler["default"].is_usable()
        yield handler["default"]
        handler.close_all()


@pytest.fixture
def asked(monkeypatch):
    """How often the server was asked."""
    questions = []
    usual = base.DatabaseWrapper.is_usable
    monkeypatch.setattr(
        base.DatabaseWrapper, "is_usable", lambda self: questions.append(self) or usual(self)
    )
    return questions


def end(kept):
    """As an administrator does, or the server that stops."""
    with connection.cursor() as cursor:
        session = kept.connection.info.backend_pid
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [session])
        assert cursor.fetchone() == (True,)


def test_a_server_that_just_answered_is_not_asked(kept, asked):
    assert kept.is_usable()
    assert not asked


def test_it_is_asked_after_a_minute_without_a_question(kept, asked):
    kept.looked -= MINUTE
    assert kept.is_usable()
    assert asked


@pytest.mark.django_db
def test_a_server_that_hung_up_is_noticed(kept):
    end(kept)
    assert not kept.is_usable()


@pytest.mark.django_db
def test_the_next_request_has_a_new_connection(kept):
    end(kept)
    kept.close_if_unusable_or_obsolete()  # As Django does when a request begins.
    with kept.cursor() as cursor:
        cursor.execute("SELECT 42")
        assert cursor.fetchone() == (42,)


def test_a_connection_that_was_closed_is_not_usable(kept):
    kept.connection.close()
    assert not kept.is_usable()


def test_a_connection_whose_transaction_failed_is_not_usable(kept):
    kept.set_autocommit(False)
    with pytest.raises(DataError), kept.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert not kept.is_usable()
    kept.rollback()


@pytest.mark.parametrize(("within", "by_the_server"), [(True, True), (False, False)])
def test_behind_a_pooler_cursors_of_the_server_live_within_transactions(
    kept, monkeypatch, within, by_the_server
):
    monkeypatch.setitem(kept.settings_dict, "POOLED", True)
    kept.set_autocommit(not within)
    kept.in_atomic_block = within
    with kept.chunked_cursor() as cursor:
        assert hasattr(cursor.cursor, "scrollable") == by_the_server
    kept.in_atomic_block = False
    kept.rollback()
    kept.set_autocommit(True)
