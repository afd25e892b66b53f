"""``make run`` has one worker, which ends with it however it ends."""

import os
import signal
import time

import psutil
import pytest

from tests.config.test_start import Start
from tests.config.users import gone, processes


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("worker")


@pytest.fixture
def start(folder):
    start = Start(folder)
    yield start
    start.interrupt()
    assert gone(folder / "postgres")


def workers(start) -> list[psutil.Process]:
    found = processes("worker", "--with-parent")
    return [process for process in found if process.ppid() == start.process.pid]


def works(worker) -> bool:
    """Whether it does what it is told, and lets others go first."""
    return worker.nice() == 10


def eventually(true, seconds=15):
    deadline = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_worker_ends_with_it(folder, number):
    start = Start(folder)
    (worker,) = eventually(lambda: workers(start))
    os.kill(start.process.pid, number)
    start.process.communicate(timeout=20)
    assert eventually(lambda: not worker.is_running())
    assert gone(folder / "postgres")


def test_a_worker_that_is_killed_is_replaced(start):
    (worker,) = eventually(lambda: workers(start))
    worker.kill()
    (other,) = eventually(lambda: [each for each in workers(start) if each != worker])
    # Who waits for a page goes first.
    assert eventually(lambda: works(other))


def ended(process: psutil.Process) -> bool:
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_worker_that_is_told_to_stop_does_so_without_a_word(folder):
    start = Start(folder)
    (worker,) = eventually(lambda: workers(start))
    assert eventually(lambda: works(worker))  # Before, the signal just kills it.
    worker.terminate()
    assert eventually(lambda: ended(worker))
    assert start.interrupt() == ""
    assert gone(folder / "postgres")
