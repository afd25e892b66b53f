"""Processes that use an embedded server, and what becomes of it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg

from config.engine import server

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from pathlib import Path
from config.engine import server
print(server.hold(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


class User:
    """A process that holds the server of ``folder`` until it is left alone."""

    def __init__(self, folder: Path, prefix=(), **environment: str):
        self.folder = folder
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-c", SCRIPT, str(folder)],
            cwd=ROOT,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "User":
        return self

    def __exit__(self, *_):
        self.process.communicate()

    def host(self) -> str:
        """Where the server's socket is, once there is one; else what the process complained of."""
        return self.process.stdout.readline().strip() or self.process.stderr.read()

    def connect(self, user: str = "constat") -> psycopg.Connection:
        return psycopg.connect(host=self.host(), user=user, dbname="constat", autocommit=True)


def pid(folder: Path) -> int:
    """The process id of the server of ``folder``."""
    return int((folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])


def gone(folder: Path, seconds: float = 10) -> bool:
    """Whether every process of the server ends within ``seconds``."""
    deadline = time.monotonic() + seconds
    with (folder / "server.lock").open("a") as lock:
        while not (free := server.locked(lock)) and time.monotonic() < deadline:
            time.sleep(0.05)
    return free


def processes(*words: str | Path) -> list[psutil.Process]:
    """The processes whose command line holds all of ``words``."""
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if {str(word) for word in words} <= set(process.info["cmdline"] or ())
    ]
