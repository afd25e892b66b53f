"""The process that keeps one embedded server: creates its data, starts it, and stops it.

Run by server.py as ``python -m config.engine.keeper FOLDER LOCK``; detached, without Django.
``LOCK`` is the descriptor of the locked ``keeper.lock``: there is one keeper at a time. Likewise
every process of PostgreSQL inherits the locked ``server.lock``: once it is free, none is left.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR
from typing import IO

from config.engine import server
from config.engine.account import Account, able, account_for
from config.engine.failure import Failure
from config.engine.failure import gettext_noop as _

# Nothing of the user's environment (PGDATA, LC_MESSAGES ...) reaches the server.
ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}

# A locale PostgreSQL brings along: the same order and the same capitals on every machine.
INITDB = (
    "--username=postgres --auth=trust --no-instructions --encoding=UTF8 --locale=C "
    "--locale-provider=builtin --builtin-locale=C.UTF-8"
).split()

# On the socket only, on no network.
LISTEN = ("-p", server.PORT, "-c", "listen_addresses=")

# A quarter of the machine's memory (docs/install.md), up to what a million claims fill; it is taken
# as it fills. In PostgreSQL's usual 128 MB a search finds nothing of what the one before it read.
MACHINE = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
BUFFERS = ("-c", f"shared_buffers={min(max(MACHINE // 4, 128), 1024)}MB")

FULL = "No space left on device|Disk quota exceeded|[Cc]heck free disk space"

# Only Constat's own role can log in: it may create test databases, and is no superuser.
ROLES = """
ALTER ROLE postgres NOLOGIN;
CREATE ROLE constat LOGIN CREATEDB;
CREATE DATABASE constat OWNER constat;
"""


def main(folder: Path, place: int) -> None:
    """Start the server of ``folder``, or print why it cannot run; see it through to its end."""
    if os.fork():
        os._exit(0)  # The user waits for this one only.
    os.chdir("/")
    with (folder / "users.lock").open("a") as users:
        try:
            pid, socket = start(folder)
        except Failure as failure:
            print(json.dumps({"sentence": failure.sentence, "details": failure.details}))
            return
        # Closing the pipe tells the user that the server is ready.
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        watch(folder, pid, socket, users)
        # In this order: who gets the users' lock next must find the keeper's place free.
        os.close(place)


def start(folder: Path) -> tuple[int, Path]:
    """Make the server of ``folder`` run; returns its process id and its socket. Raises Failure."""
    try:
        with (folder / "server.lock").open("a") as lock:
            while not server.locked(lock):
                if server.running(folder):  # It outlived its keeper.
                    break
                time.sleep(0.1)
            else:
                Server.of(folder, lock).start()
        fields = (folder / "data" / "postmaster.pid").read_text().splitlines()
        return int(fields[0]), Path(fields[4]) / server.SOCKET
    except OSError as error:
        raise server.broken(error, folder) from error


def watch(folder: Path, pid: int, socket: Path, users: IO) -> None:
    """Return when the server is gone; make it go once it has no user.

    ``users`` stays locked from then on, so that a newcomer waits and starts afresh.
    """
    with (folder / "server.lock").open("a") as lock:
        # Without its socket (someone emptied the temporary folder) it is of no use to anyone.
        while socket.exists() and not server.locked(users):
            if server.locked(lock):
                return
            time.sleep(0.25)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)  # To PostgreSQL: disconnect everyone and end cleanly.
        while not server.locked(lock):
            time.sleep(0.05)
        with suppress(OSError):
            socket.parent.rmdir()


@dataclass
class Server:
    """What starts one server: ``lock`` goes to each of its processes."""

    folder: Path
    sockets: Path
    account: Account
    lock: IO

    @classmethod
    def of(cls, folder: Path, lock: IO) -> "Server":
        """The server of ``folder``, with the account it runs as. Raises Failure, OSError."""
        account = account_for(folder / "data")
        sockets = make_socket_folder(folder, account)
        return cls(folder, sockets, able(account, folder, sockets), lock)

    def start(self) -> None:
        """Start it, on new data when there are none, and wait until it answers."""
        data, log = self.folder / "data", self.folder / "log"
        if not data.exists():
            self.create(data)
        # Left by a crash; their process number may be that of anything by now.
        (data / "postmaster.pid").unlink(missing_ok=True)
        (self.sockets / f"{server.SOCKET}.lock").unlink(missing_ok=True)
        if log.exists():
            log.replace(self.folder / "log.old")
        with log.open("xb") as output:
            postgres = subprocess.Popen(
                self.command("postgres", "-D", data, "-k", self.sockets, *LISTEN, *BUFFERS),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=ENVIRONMENT,
                pass_fds=[self.lock.fileno()],
                start_new_session=True,
            )
        while not server.running(self.folder):
            if postgres.poll() is not None:
                raise explain(log.read_text(errors="replace"), self.folder)
            time.sleep(0.02)

    def create(self, data: Path) -> None:
        """Make the data aside and rename them last: data that exist are complete."""
        draft = data.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        os.chown(draft, self.account.uid, self.account.gid)
        try:
            self.run("initdb", "--pgdata", draft, *INITDB)
            self.run("postgres", "--single", "-D", draft, "postgres", text=ROLES)
        except Failure:
            shutil.rmtree(draft, ignore_errors=True)  # Give the room back.
            raise
        draft.rename(data)

    def run(self, *command: str | Path, text: str = "") -> None:
        """Run one of PostgreSQL's programs to its end. Raises Failure."""
        done = subprocess.run(
            self.command(*command),
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=ENVIRONMENT,
            pass_fds=[self.lock.fileno()],
            check=False,
        )
        if done.returncode or re.search("(ERROR|FATAL|PANIC):", done.stdout):
            raise explain(done.stdout, self.folder)

    def command(self, program: str, *arguments: str | Path) -> list[str | Path]:
        """The command line that runs one of PostgreSQL's programs as the account."""
        return [*self.account.prefix, server.program(program), *arguments]


def make_socket_folder(folder: Path, account: Account) -> Path:
    """A folder no one else can enter: who reaches the socket needs no password."""
    path = server.socket_folder(folder)
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
    status = path.lstat()
    # Another user may have put a folder or a link of that name there first.
    if not S_ISDIR(status.st_mode) or status.st_uid not in (os.geteuid(), account.uid):
        raise Failure(_("{path} belongs to another user: remove it or set TMPDIR."), path=str(path))
    path.chmod(0o700)
    os.chown(path, account.uid, account.gid)
    return path


def explain(said: str, folder: Path) -> Failure:
    """The Failure for what one of PostgreSQL's programs said before it gave up."""
    # On a disk quite full, not even the complaint found room.
    if re.search(FULL, said) or shutil.disk_usage(folder).free < 2**20:
        return server.full(folder)
    if version := re.search(r"initialized by PostgreSQL version (\S+),", said):
        return Failure(
            _(
                "The database in {folder} was made by PostgreSQL {version}, which cannot be read "
                "here: see “Another version of PostgreSQL” in docs/operators.md."
            ),
            folder=str(folder),
            version=version[1],
        )
    reasons = re.findall(r"(?:FATAL|PANIC|ERROR|error): +(.+)", said) or said.split("\n")[-2:-1]
    return Failure(
        _("PostgreSQL cannot run in {folder}: {reason}."),
        folder=str(folder),
        reason=reasons[-1] if reasons else "it said nothing",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
