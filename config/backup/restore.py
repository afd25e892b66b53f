"""Put a backup back: into an empty database, all of it or nothing; and see that it is the same."""

import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from claims.sync import nightly
from config.backup import contents, manifest, programs
from config.backup.failure import Failure
from config.backup.make import DATABASE, DUMPS, Steps

SCHEMAS = """
SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace
WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
"""
# The one that PostgreSQL makes in a new database, as it does there.
PUBLIC = (
    "CREATE SCHEMA public AUTHORIZATION pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC"
)

SAID = {"stderr": subprocess.PIPE, "text": True, "errors": "replace"}


def restore(
    folder: Path, show: Callable[[str, float], None], *, force: bool = False
) -> manifest.Manifest:
    """Restore the backup in ``folder`` and return what it says of itself.

    With ``force`` what the database holds is removed first. ``show`` as in ``make``. Raises
    Failure and the errors of the database.
    """
    backup = manifest.read(folder)
    version = programs.server_version()
    if version < backup.programs:
        raise Failure(
            _(
                "This backup was written by the programs of PostgreSQL %(theirs)d: "
                "PostgreSQL %(ours)d cannot take it."
            )
            % {"theirs": backup.programs, "ours": version}
        )
    with contents.at_one_moment() as cursor:
        if contents.tables(cursor) and not force:
            raise Failure(
                _(
                    "The database is not empty: name an empty one, or have it emptied with "
                    "--force. Nothing was restored."
                )
            )
        cursor.execute(SCHEMAS)
        emptied = "; ".join([*(drop for (drop,) in cursor.fetchall()), PUBLIC])
    steps = Steps(2 * len(backup.tables), show)
    before = ["--command", emptied] if force else []
    _load(folder / DATABASE, backup.programs, before, steps(_("Restoring")))
    connection.close()  # It knows types by numbers of before.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    compare(backup, steps(_("Comparing")))
    _put_dumps_back(folder / DUMPS)
    return backup


def _load(path: Path, version: int, before: list[str], step: Callable[[], None]) -> None:
    suited = programs.of(version)
    read = suited.command(
        "pg_restore", "--no-owner", "--no-privileges", "--verbose", "--file=-", path
    )
    write = suited.command(
        "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
        *before, "--file=-",
    )  # fmt: skip
    with (
        subprocess.Popen(read, stdout=subprocess.PIPE, **SAID) as reading,
        subprocess.Popen(
            write,
            env=programs.environment("client_min_messages=warning"),
            stdin=reading.stdout,
            stdout=subprocess.DEVNULL,
            **SAID,
        ) as writing,
    ):
        reading.stdout.close()  # It is psql's alone: where that ends, so does the other.
        follower = threading.Thread(
            target=programs.follow, args=(reading, "processing data for table", step)
        )
        follower.start()
        complaints = programs.follow(writing, None, step)
        follower.join()
    if writing.returncode or reading.returncode:
        raise Failure(
            _("Nothing was restored: %(reason)s")
            % {"reason": complaints or _("the dump cannot be read")}
        )


def compare(backup: manifest.Manifest, step: Callable[[], None]) -> None:
    """Raises Failure where the database does not hold what the backup says; ``step`` per table."""
    with contents.at_one_moment() as cursor:
        found = contents.contents(cursor, step)
        numbers = contents.sequences(cursor)
    wrong = [
        name
        for name in sorted(found.keys() | backup.tables.keys())
        if found.get(name) != backup.tables.get(name)
    ]
    # What was written while the backup was made may have moved a sequence on, never back.
    wrong += [name for name, last in backup.sequences.items() if numbers.get(name, -1) < last]
    if wrong:
        raise Failure(
            _("What was restored is not what was in the backup: %(names)s differ.")
            % {"names": ", ".join(wrong)}
        )


def _put_dumps_back(folder: Path) -> None:
    there = set(nightly.there())
    for dump in folder.iterdir() if folder.exists() else ():
        if dump.name not in there:
            draft = nightly.FOLDER / f".{dump.name}"
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(dump, draft)
            draft.rename(nightly.FOLDER / dump.name)
