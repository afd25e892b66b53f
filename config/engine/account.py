"""As whom PostgreSQL runs, since it refuses to be root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from config.engine.failure import Failure
from config.engine.failure import gettext_noop as _
from config.engine.server import program


class Account(NamedTuple):
    """``prefix`` is what a command is put behind to run as this account."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()


def account_for(data: Path) -> Account:
    """Ourselves; for root, the owner of ``data``, or nobody before there is any."""
    if os.geteuid():
        return Account(os.geteuid(), os.getegid())
    if data.exists() and data.stat().st_uid:
        return Account(data.stat().st_uid, data.stat().st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def able(account: Account, *folders: Path) -> Account:
    """``account`` with the least right that lets it enter ``folders`` and run PostgreSQL.

    Root may keep its files where no one else can go. Rather than open those folders to everyone,
    the server gets the one capability it takes to pass through them. Raises Failure.
    """
    if os.geteuid():
        return account
    initdb = program("initdb")
    template = initdb.parents[1] / "share" / "postgres.bki"
    attempt = (
        'initdb=$1; shift; : <"$1"; shift; for f; do cd "$f" || exit; done; '
        'exec "$initdb" --show --pgdata=.'
    )
    for prefix in _prefixes(account):
        command = [*prefix, "sh", "-ec", attempt, "sh", initdb, template, *folders]
        if not subprocess.run(command, capture_output=True, check=False).returncode:
            return account._replace(prefix=prefix)
    raise Failure(
        _(
            "PostgreSQL refuses to run as root and cannot run here as another account: "
            "run Constat as an ordinary user, or set DATABASE_URL."
        )
    )


def _prefixes(account: Account) -> Iterator[tuple[str, ...]]:
    if not (setpriv := shutil.which("setpriv")):
        return
    plain = (setpriv, f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups")
    yield plain
    # The second is wider, for containers where root itself lacks the first, and for programs
    # that only root may run.
    for capability in ("+dac_read_search", "+dac_override"):
        yield (
            *plain,
            f"--inh-caps={capability}",
            f"--ambient-caps={capability}",
            # Without this access(2), with which PostgreSQL looks for its files, ignores them.
            "--securebits=+no_setuid_fixup",
        )
