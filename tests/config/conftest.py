"""Folders for embedded servers."""

import os
import sys
from pathlib import Path

import pytest

from config.engine.account import Account, able
from config.engine.failure import Failure
from tests.config.users import ROOT, User, gone


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The folder of a server that a module's tests start and stop; its data exist."""
    folder = tmp_path_factory.mktemp("shared") / "postgres"
    with User(folder) as user:
        user.host()
    assert gone(folder)
    return folder


@pytest.fixture
def ordinary(tmp_path) -> tuple[Path, tuple[str, ...]]:
    """A folder of an ordinary user's, and what to put before a command to run as that user."""
    if os.geteuid():
        return tmp_path, ()
    try:
        account = able(Account(65534, 65534), ROOT, Path(sys.executable).resolve().parent, tmp_path)
    except Failure:
        pytest.skip("root cannot become another user here")
    os.chown(tmp_path, account.uid, account.gid)
    return tmp_path, account.prefix
