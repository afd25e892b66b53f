"""Trouble outside the code is one sentence; a fault of ours keeps its traceback."""

import errno
import os
import subprocess
import sys

import psycopg
import pytest
from django.db import OperationalError

from config.trouble import sentence
from tests.config.users import ROOT

NOWHERE = "postgresql://ada:secret@127.0.0.1:1/facts"


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": ""} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def unreachable() -> subprocess.CompletedProcess:
    return manage("migrate", DATABASE_URL=NOWHERE)


def test_an_unreachable_database_is_one_line(unreachable):
    assert unreachable.returncode == 1
    assert unreachable.stderr.count("\n") == 1
    assert "127.0.0.1" in unreachable.stderr


def test_the_password_is_not_shown(unreachable):
    assert "secret" not in unreachable.stdout + unreachable.stderr


def test_traceback_asks_for_the_traceback():
    assert "Traceback" in manage("migrate", "--traceback", DATABASE_URL=NOWHERE).stderr


def test_a_wrong_address_is_one_line():
    done = manage("migrate", DATABASE_URL="mysql://ada:secret@db/facts")
    assert done.returncode == 1
    assert done.stderr.startswith("DATABASE_URL must begin with postgresql://")
    assert done.stderr.count("\n") == 1


def test_an_unknown_role_or_password_is_about_the_database(tmp_path):
    error = OperationalError()
    error.__cause__ = psycopg.OperationalError('connection failed: FATAL: no role "ada"\nMore')
    assert sentence(error).endswith('FATAL: no role "ada"')


def test_a_full_disk_of_the_server_is_named():
    error = OperationalError()
    error.__cause__ = psycopg.errors.DiskFull("could not extend file")
    assert sentence(error)


def test_a_full_disk_here_is_named():
    error = OSError(errno.ENOSPC, "No space left on device", "/var/x")
    assert sentence(error) == "No space left on device: /var/x"


def test_a_statement_that_fails_is_a_fault_of_ours():
    error = OperationalError()
    error.__cause__ = psycopg.errors.DeadlockDetected("deadlock")
    assert sentence(error) is None


def test_another_error_is_a_fault_of_ours():
    assert sentence(ValueError("x")) is None


def test_a_fault_of_ours_keeps_its_traceback(tmp_path):
    (tmp_path / "faulty.py").write_text("raise ValueError('a bug')")
    done = manage("check", DJANGO_SETTINGS_MODULE="faulty", PYTHONPATH=str(tmp_path))
    assert "Traceback" in done.stderr
    assert "ValueError: a bug" in done.stderr


def test_checking_the_project_starts_no_server(tmp_path):
    assert manage("check", CONSTAT_DATA=str(tmp_path)).returncode == 0
    assert not (tmp_path / "postgres").exists()
