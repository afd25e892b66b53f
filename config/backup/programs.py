"""PostgreSQL's own programs: the embedded ones, or those on PATH, whichever suit the server."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _
from psycopg.pq import Conninfo

from claims.protected import UNLOCKED
from config.backup.failure import Failure
from config.engine import failure as engine
from config.engine import server

NAMES = ("pg_dump", "pg_restore", "psql")


@dataclass(frozen=True)
class Programs:
    """Those of one major version, in one folder."""

    version: int
    folder: Path

    def command(self, name: str, *arguments: str | Path) -> list[str | Path]:
        """The command line of one of them."""
        return [self.folder / name, *arguments]


def of(oldest: int) -> Programs:
    """The programs whose version comes nearest to ``oldest``, a major one, and not before it.

    A program reads no newer server; and what it writes, no older server reads. Raises Failure.
    """
    fit = [programs for programs in _installed() if programs.version >= oldest]
    if not fit:
        raise Failure(
            _(
                "This takes PostgreSQL's own programs (%(names)s) of version %(version)d or later: "
                "on Debian, apt install postgresql-client-%(version)d."
            )
            % {"names": ", ".join(NAMES), "version": oldest}
        )
    return min(fit, key=lambda programs: programs.version)


def _installed() -> list[Programs]:
    folders = []
    with suppress(engine.Failure):
        folders.append(server.program("pg_dump").parent)
    if found := shutil.which("pg_dump"):
        folders.append(Path(found).parent)
    return [
        Programs(_version(folder), folder)
        for folder in folders
        if all((folder / name).exists() for name in NAMES)
    ]


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True)
    found = re.search(r"PostgreSQL\) (\d+)", said.stdout)
    return int(found[1]) if found else 0


def server_version() -> int:
    """The major version of the server that Constat is connected to."""
    connection.ensure_connection()
    return connection.pg_version // 10_000


def environment(*settings: str) -> dict[str, str]:
    """What leads a program to the database of Constat: no password is seen in a list of processes.

    ``settings`` are further ones of its session, as "name=value".

    Protected sources are hidden even from a backup, unless it declares itself entitled.
    """
    known = {each.keyword.decode(): each.envvar for each in Conninfo.get_defaults()}
    given = {
        name: str(value)
        for name, value in connection.get_connection_params().items()
        if name in known and value not in (None, "")
    }
    options = [f"-c {each}" for each in ("=".join(UNLOCKED), *settings)]
    given["options"] = " ".join([given.get("options", ""), *options]).strip()
    told = {known[key].decode(): each for key, each in given.items() if known[key]}
    return {**os.environ, **told, "PGCLIENTENCODING": "UTF8", "LC_ALL": "C"}


def follow(process: subprocess.Popen, what: str | None, step: Callable[[], None]) -> str:
    """Read to its end what a program says; returns its complaints.

    ``step`` is called for each line about ``what``.
    """
    complaints = []
    for line in process.stderr:
        if what and what in line:
            step()
        elif re.search("error|fatal|detail|hint", line, re.IGNORECASE):
            complaints.append(line.strip())
    return "; ".join(complaints)
