"""When the database cannot answer, whatever is asked (tests/config/test_serving.py: what readers
are told then)."""

import psycopg
import pytest
from django.core.exceptions import FieldError
from django.db import InterfaceError, OperationalError
from django.utils.translation import override

from config.away import away
from config.trouble import is_away

HUNG_UP = psycopg.OperationalError("consuming input failed: server closed the connection")


def error(cause=None, kind=OperationalError):
    raised = kind("it failed")
    raised.__cause__ = cause
    return raised


@pytest.mark.parametrize(
    "gone",
    [
        error(HUNG_UP), error(psycopg.InterfaceError("closed"), InterfaceError),
        error(psycopg.errors.AdminShutdown()), error(psycopg.errors.CannotConnectNow()),
        error(psycopg.errors.TooManyConnections()), error(psycopg.errors.DiskFull()),
    ],
)  # fmt: skip
def test_these_are_no_faults_of_ours(gone):
    assert is_away(gone)


@pytest.mark.parametrize(
    "fault",
    [error(psycopg.errors.DeadlockDetected()), error(psycopg.errors.QueryCanceled()),
     FieldError(), None],
)  # fmt: skip
def test_these_may_be(fault):
    assert not is_away(fault)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_api_says_so_in_the_language_of_who_asks(rf, language):
    with override("en" if language == "fr" else "fr"):  # That of who was answered before.
        answer = away(rf.get("/api/v1/claims/", headers={"Accept-Language": language}))
    assert answer["Content-Language"] == language
