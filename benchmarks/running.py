"""A public site in processes of its own, on the database of this process."""

import json
import os
import secrets
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
from django.db import connection

ROOT = Path(__file__).parents[1]
# With which each ends that was told to: a command that was broken off says so.
CODES = {"ingest": (0, 130, -signal.SIGINT)}


class Running:
    """Starts processes by name; knows what each spent, and what each complained of."""

    def __init__(self, folder: Path, listener: int):
        at = connection.settings_dict
        self.folder, self.listener = folder, listener
        self.processes: dict[str, subprocess.Popen] = {}
        self.environment = os.environ | {
            "CONSTAT_PRODUCTION": "1",
            "CONSTAT_SECRET_KEY": secrets.token_hex(40),
            "CONSTAT_HOSTS": "localhost",
            "CONSTAT_DATA": str(folder),
            "CONSTAT_BIND": f"fd://{listener}",
            "CONSTAT_METRICS_TOKEN": secrets.token_hex(20),
            "DATABASE_URL": f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}"
            f"&port={at['PORT']}",
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes.values():
            process.kill()
            process.wait()

    def start(
        self, name: str, *command: str, python: str = sys.executable, **environment: str
    ) -> subprocess.Popen:
        """``python`` with this command; what it says goes into a file of its name."""
        with self._log(name).open("w") as log:
            self.processes[name] = subprocess.Popen(
                [python, *command],
                cwd=ROOT,
                env=self.environment | environment,
                pass_fds=[self.listener],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self.processes[name]

    def spent(self) -> dict[str, float]:
        """Seconds of a processor that each spent so far, its children with it; the server too."""
        found = {name: _spent(each.pid) for name, each in self.processes.items()}
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (backend,) = cursor.fetchone()
        return found | {"database": _spent(psutil.Process(backend).ppid())}

    def end(self) -> list[str]:
        """Tell them to stop, the last first; what was wrong with any of them."""
        faults = []
        for name, process in reversed(self.processes.items()):
            if process.poll() is None:
                process.send_signal(signal.SIGINT if name == "ingest" else signal.SIGTERM)
            try:
                code = process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                faults.append(f"{name} does not end")
            else:
                if code not in CODES.get(name, (0,)):
                    faults.append(f"{name} ended with {code}: {self._log(name).read_text()[-500:]}")
            faults += [f"{name}: {line}" for line in self._log(name).read_text().splitlines()
                       if name in ("web", "worker") and _complains(line)]  # fmt: skip
        return faults

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


def _spent(pid: int) -> float:
    spent = 0.0
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for each in [process, *process.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                spent += sum(each.cpu_times()[:4])  # Its own, and that of children that are gone.
    return spent


def _complains(line: str) -> bool:
    """Whether a line of a log tells of a fault; requests are told as well."""
    try:
        said = json.loads(line)
    except ValueError:
        return bool(line.strip())
    return said["level"] in ("warning", "error", "critical")
