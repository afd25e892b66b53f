"""Protected sources: who may know them, and how nobody else comes to.

Row-level security hides the table and its history from any connection that has not declared itself
entitled, in this transaction, through ``entitled``. It binds every database role but superusers.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from sources.session import session_variable

UNLOCKED = ("constat.protected", "on")


@contextmanager
def entitled(user: AbstractBaseUser) -> Iterator[None]:
    """Inside, protected sources can be read; raises PermissionDenied for who may not."""
    if not user.has_perm("claims.view_protectedsource"):
        raise PermissionDenied(_("Protected sources are shown to their readers only."))
    with session_variable(*UNLOCKED):
        yield


def copy_source(evidence: int, successor: int) -> None:
    """The source of one piece of evidence is that of another too; nobody reads it for that."""
    with session_variable(*UNLOCKED), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO claims_protectedsource (evidence_id, identity, contact)"
            " SELECT %s, identity, contact FROM claims_protectedsource WHERE evidence_id = %s",
            [successor, evidence],
        )


def keep_source(evidence: int, identity: str, contact: str) -> None:
    """Write down who stands behind a piece of evidence; who writes it need not read others."""
    with connection.cursor() as cursor:
        # Without RETURNING, which would read what was written.
        cursor.execute(
            "INSERT INTO claims_protectedsource (evidence_id, identity, contact)"
            " VALUES (%s, %s, %s)",
            [evidence, identity, contact],
        )
