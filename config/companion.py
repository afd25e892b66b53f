"""A command of ours that runs beside the web server and never outlives it."""

import subprocess
import sys
import time
from pathlib import Path

PAUSE = 5  # seconds between two starts, so that what cannot run does not keep the machine busy


class Companion:
    """``manage.py`` with ``arguments``, in a process that ends once its standard input closes.

    Its other end is held by this process and its forks alone: the kernel closes it when the last
    of them is gone, killed or not.
    """

    def __init__(self, *arguments: str):
        self.command = [sys.executable, "manage.py", *arguments]
        self.process: subprocess.Popen | None = None
        self.next_start = 0.0

    def see_to(self) -> None:
        """Start it, if it has not been started or is gone."""
        if self.process and self.process.poll() is None:
            return
        if time.monotonic() < self.next_start:
            return
        self.next_start = time.monotonic() + PAUSE
        self.process = subprocess.Popen(
            self.command,
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C in the terminal reaches it through its input only.
        )
