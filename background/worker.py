"""The worker: does one job after the other, until it is told to stop."""

import asyncio
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg
from django import db
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from background import rescue
from background.faults import is_expected
from background.models import Failure

log = logging.getLogger(__name__)

GRACE = 5  # seconds to finish a job in, once the parent is gone
PAUSE = 5  # seconds until the database is tried again
AWAY = (ConnectorException, db.OperationalError, db.InterfaceError, psycopg.OperationalError)


async def run(niceness: int = 0) -> None:
    """Work until SIGTERM or SIGINT; where the database goes away, wait until it is back."""
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    os.nice(niceness)
    while not told.is_set():
        try:
            await work(told)
        except AWAY as error:
            log.warning("The database is away: %s", error)
        # Without its connection procrastinate's worker stops, and is begun anew.
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), PAUSE)


async def work(told: asyncio.Event, **options: Any) -> None:
    """Work until ``told`` to stop, and then finish the job in hand.

    ``options`` are those of procrastinate's worker; ``wait=False``: until nothing waits.
    """
    with app.replace_connector(app.connector.get_worker_connector()):
        async with app.open_async():
            working = asyncio.create_task(
                app.run_worker_async(
                    install_signal_handlers=False,
                    task_middleware=MIDDLEWARE,
                    update_heartbeat_interval=rescue.HEARTBEAT,
                    stalled_worker_timeout=rescue.SILENCE,
                    **options,
                )
            )
            watching = asyncio.create_task(rescue.watch())
            tasks = [working, watching, asyncio.create_task(told.wait())]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
            for task in (working, watching):
                with suppress(asyncio.CancelledError):
                    await task


def remember_failure(call_next: Callable, context, worker) -> Any:
    """Keep why a job failed, for the desk."""
    try:
        return call_next()
    except Exception as error:
        Failure.objects.update_or_create(job_id=context.job.id, defaults={"reason": _reason(error)})
        raise


def _reason(error: Exception) -> str:
    if isinstance(error, AWAY):
        return _("the database was away")
    return str(error) if is_expected(error) else f"{type(error).__name__}: {error}"


MIDDLEWARE = [*app.worker_defaults["task_middleware"], remember_failure]


def end_with_parent() -> None:
    """Stop when standard input closes: whoever holds its other end is gone, however it ended."""
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(sys.stdin.fileno(), 1024):  # The lock of sys.stdin would be held at the end.
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(0)  # What it was doing is found and done again.
