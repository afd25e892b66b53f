"""An act: somebody who may do it changes the record, wholly or not at all, and history says why."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from claims.gates import gates
from claims.models import ApiKey


@contextmanager
def act(by: AbstractBaseUser, permission: str, reason: str = "") -> Iterator[UUID]:
    """What is inside is ``by``'s doing; yields the id of the history context its events carry.

    Raises PermissionDenied, and Closed where a gate of the database refuses it.
    """
    if not by.has_perm(permission):
        raise forbidden()
    with _told(reason, user=by.pk) as context:
        yield context


@contextmanager
def act_again(by: AbstractBaseUser, reason: str) -> Iterator[UUID]:
    """What is inside ``by`` did before, when they might: it is done anew, after a restore."""
    with _told(reason, user=by.pk) as context:
        yield context


@contextmanager
def act_of_key(key: ApiKey) -> Iterator[UUID]:
    """What is inside came by a key of the API, and is nobody's decision; raises Closed."""
    with _told("", key=str(key)) as context:
        yield context


@contextmanager
def _told(reason: str, **who) -> Iterator[UUID]:
    try:
        with pghistory.context(**who) as context, gates():
            if reason:
                # What a page has said already stands.
                context.metadata.setdefault("reason", reason)
            yield context.id
    finally:
        _forget()


def forbidden() -> PermissionDenied:
    """Says why, for whoever may do other things."""
    return PermissionDenied(_("You may not do this: it takes another role."))


def _forget() -> None:
    """What follows in the same transaction is not part of this act."""
    if not connection.in_atomic_block or connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', '', true),"
            " set_config('pghistory.context_metadata', '', true)"
        )
