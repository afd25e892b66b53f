"""Make a backup: the database as of one moment, and the dumps that readers were told of."""

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from claims.sync import nightly
from config.backup import contents, programs
from config.backup.failure import Failure
from config.backup.manifest import FILE, Manifest, sha256

NAME = re.compile(r"constat-\d{8}T\d{6}Z")
DATABASE, DUMPS = "database.dump", "dumps"


def make(folder: Path, keep: int | None, show: Callable[[str, float], None]) -> Path:
    """Make one below ``folder`` and return it; of those there, ``keep`` the latest so many.

    It has its name only once it is complete. ``show`` is told what is done and how far it is, from
    0 to 1. Raises Failure, OSError and the errors of the database.
    """
    now = timezone.now()
    done = folder / now.strftime("constat-%Y%m%dT%H%M%SZ")
    draft = folder / f".{done.name}"
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    draft.mkdir(mode=0o700)  # What is protected in the database is so here.
    lock = _lock(draft)
    try:
        _fill(draft, now, show)
        draft.rename(done)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    finally:
        if lock is not None:
            os.close(lock)
    if keep:
        forget(folder, keep)
    return done


def forget(folder: Path, keep: int) -> None:
    """Remove the complete backups below ``folder`` but the ``keep`` latest."""
    found = [path for path in folder.iterdir() if NAME.fullmatch(path.name)]
    complete = sorted((path for path in found if (path / FILE).exists()), reverse=True)
    for old in complete[keep:]:
        shutil.rmtree(old.rename(folder / f".{old.name}"))


def _lock(draft: Path) -> int | None:
    """Says that it is being written, until this process ends; None if another has said so, or the
    disk knows no locks."""
    place = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(place)
        return None
    return place


def _clear(folder: Path) -> None:
    """Remove what was broken off, by a kill or a power cut."""
    for path in folder.glob(".constat-*"):
        if NAME.fullmatch(path.name[1:]) and (lock := _lock(path)) is not None:
            shutil.rmtree(path)
            os.close(lock)


def _fill(draft: Path, now: datetime, show: Callable[[str, float], None]) -> None:
    version = programs.server_version()
    suited = programs.of(version)
    with contents.at_one_moment() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        sequences = contents.sequences(cursor)
        steps = Steps(2 * len(contents.tables(cursor)), show)
        tables = contents.contents(cursor, steps(_("Counting")))
        _dump(suited, snapshot, draft / DATABASE, steps(_("Writing the database")))
    _copy_dumps(draft / DUMPS)
    paths = sorted(path for path in draft.rglob("*") if path.is_file())
    for path in paths:
        _sync(path)
    files = {path.relative_to(draft).as_posix(): sha256(path) for path in paths}
    Manifest(now.isoformat(), version, suited.version, tables, sequences, files).write(draft)
    _sync(draft / FILE)


def _dump(suited: programs.Programs, snapshot: str, path: Path, step: Callable[[], None]) -> None:
    command = suited.command(
        "pg_dump", "--format=custom", "--enable-row-security", "--verbose",
        f"--snapshot={snapshot}", f"--file={path}",
    )  # fmt: skip
    with subprocess.Popen(
        command, env=programs.environment(), stderr=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        complaints = programs.follow(process, "dumping contents of table", step)
    if process.returncode:
        raise Failure(_("pg_dump failed: %(reason)s") % {"reason": complaints})


def _copy_dumps(folder: Path) -> None:
    """They never change: on the same disk they take no room of their own."""
    for name in nightly.there():
        (folder / name).mkdir(parents=True)
        for path in (nightly.FOLDER / name).iterdir():
            copy = folder / name / path.name
            try:
                os.link(path, copy)
            except OSError:
                shutil.copyfile(path, copy)


def _sync(path: Path) -> None:
    """What the power goes off after is there."""
    with suppress(OSError), path.open("rb") as file:
        os.fsync(file.fileno())


class Steps:
    """So many steps of several kinds, told as they are done."""

    def __init__(self, number: int, show: Callable[[str, float], None]) -> None:
        self.number, self.show, self.done = number or 1, show, 0

    def __call__(self, what: str) -> Callable[[], None]:
        """To be called after each step of what is now begun."""
        self.show(what, self.done / self.number)

        def step() -> None:
            self.done += 1
            self.show(what, min(1, self.done / self.number))

        return step
