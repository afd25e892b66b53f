"""PostgreSQL servers of a test's own, and sites of their own before them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg

from config.backup import programs
from config.engine import keeper, server
from tests.config.users import ROOT, gone

SUPERUSER = "boss"
ROLES = f"CREATE ROLE {SUPERUSER} LOGIN SUPERUSER"
# Nothing here needs to outlive a failure of power.
SETTINGS = "fsync = off\nshared_buffers = 32MB\nwal_receiver_timeout = 5s\n"


class Cluster:
    """A server kept in ``folder``, which runs from ``start`` to ``stop``."""

    def __init__(self, folder: Path):
        self.folder, self.data = folder, folder / "data"
        folder.mkdir()
        with (folder / "server.lock").open("a") as lock:
            made = keeper.Server.of(folder, lock)
        self.sockets, self.account = made.sockets, made.account
        os.chown(folder, self.account.uid, self.account.gid)

    @classmethod
    def primary(cls, folder: Path) -> "Cluster":
        """A new one with Constat's database, which is empty."""
        made = cls(folder)
        with made._server() as server:
            server.run("initdb", "--no-sync", "--pgdata", made.data, *keeper.INITDB)
            server.run("postgres", "--single", "-D", made.data, "postgres", text=keeper.ROLES)
            server.run("postgres", "--single", "-D", made.data, "postgres", text=ROLES)
        with (made.data / "postgresql.auto.conf").open("a") as settings:
            settings.write(SETTINGS)
        made.start()
        return made

    def standby(self, folder: Path) -> "Cluster":
        """A hot standby of this one, which streams."""
        made = type(self)(folder)
        with made._server() as server:
            server.run(
                "pg_basebackup", "--pgdata", made.data, "--write-recovery-conf",
                "--checkpoint=fast", "--no-sync", "--host", self.sockets, "--username", SUPERUSER,
            )  # fmt: skip
        made.start()
        return made

    @contextmanager
    def _server(self) -> Iterator[keeper.Server]:
        """What runs PostgreSQL's programs as the account that may."""
        with (self.folder / "server.lock").open("a") as lock:
            yield keeper.Server(self.folder, self.sockets, self.account, lock)

    def start(self) -> None:
        options = f"-k {self.sockets} -p {server.PORT} -c listen_addresses="
        log = self.folder / "log"
        with self._server() as programs:
            programs.run("pg_ctl", "start", "-w", "-D", self.data, "-l", log, "-o", options)

    def stop(self) -> None:
        """At once, as when its machine fails."""
        if (self.data / "postmaster.pid").exists():
            with self._server() as programs:
                programs.run("pg_ctl", "stop", "-m", "immediate", "-D", self.data)
        assert gone(self.folder)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Inside, none of its processes goes on, as on a disk that does not."""
        postmaster = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        processes = [postmaster, *postmaster.children()]
        for process in processes:
            process.suspend()
        try:
            yield
        finally:
            for process in processes:
                process.resume()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.sockets, ignore_errors=True)

    def sql(self, statement: str, *values: object, user: str = "constat") -> list[tuple]:
        """The rows that a statement gives, if any."""
        database = "constat" if user == "constat" else "postgres"
        with psycopg.connect(
            host=str(self.sockets), user=user, dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def as_superuser(self, statement: str) -> list[tuple]:
        return self.sql(statement, user=SUPERUSER)

    def load_the_test_database(self) -> None:
        """What the test database holds, all of it."""
        suited = programs.of(programs.server_version())
        dump = suited.command("pg_dump", "--no-owner", "--enable-row-security")
        load = suited.command(
            "psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--host", self.sockets,
            "--username", "constat", "constat",
        )  # fmt: skip
        with tempfile.TemporaryFile() as file:
            subprocess.run(dump, env=programs.environment(), stdout=file, check=True)
            file.seek(0)
            subprocess.run(load, stdin=file, stdout=subprocess.DEVNULL, check=True)
        self.sql("ANALYZE")


def address(*clusters: Cluster, **options: str) -> str:
    """What libpq reads: whichever of them, in that order, suits the options."""
    hosts = ",".join(str(cluster.sockets) for cluster in clusters)
    return f"postgresql://constat@/constat?host={hosts}" + "".join(
        f"&{name}={value}" for name, value in options.items()
    )


class Site:
    """gunicorn with Constat, in processes of its own."""

    def __init__(self, folder: Path, threads: int, **settings: str):
        self.log = (folder / "log").open("a+")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        given = {
            "CONSTAT_DATA": str(folder), "CONSTAT_BIND": f"127.0.0.1:{port}",
            "CONSTAT_WEB_WORKERS": "1", "CONSTAT_WEB_THREADS": str(threads),
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "config/serving.py", "config.wsgi"],
            cwd=ROOT, env=os.environ | given | settings, stdout=self.log, stderr=self.log,
            start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError):
                self.get("/healthz")
                return
            time.sleep(0.1)
        raise RuntimeError(self.said())

    def get(self, path: str, **headers: str) -> "Answer":
        return self.ask(urllib.request.Request(self.address + path, headers=headers))

    def ask(self, request: urllib.request.Request) -> "Answer":
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=30) as response:
                return Answer(response.status, response.headers, response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read().decode())

    def said(self) -> str:
        """What stands in its log."""
        self.log.seek(0)
        return self.log.read()

    def end(self) -> None:
        """At once, with all its processes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Answer:
    """To one request."""

    def __init__(self, status: int, headers, text: str):
        self.status, self.headers, self.text = status, headers, text

    def __contains__(self, words: str) -> bool:
        return words in re.sub(r"\s+", " ", self.text)


def eventually(true, seconds: float = 15):
    """What ``true()`` gives once it gives something."""
    deadline = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found
