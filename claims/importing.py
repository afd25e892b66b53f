"""The life of an import: brought, checked, carried out or cancelled; at once, or by a worker."""

from datetime import datetime, timedelta
from typing import BinaryIO

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from background.faults import is_expected
from claims.claim_review import run as reviews
from claims.exchange import files
from claims.exchange import run as tables
from claims.models import Import

State = Import.State
AT_ONCE = 60_000  # bytes: some hundred rows are checked while one waits
KEPT = timedelta(days=7)  # a checked file that nobody imports


def kinds_for(user: AbstractBaseUser) -> list[Import.Kind]:
    """What the user may bring in."""
    return [kind for kind in Import.Kind if may_bring(user, kind)]


def may_bring(user: AbstractBaseUser, kind: str) -> bool:
    if kind == Import.Kind.CLAIM_REVIEWS:
        return user.has_perms(["claims.add_import", "claims.add_claimreview"])
    return tables.may_import(user, kind)


def bring(kind: str, name: str, file: BinaryIO | None, by: AbstractBaseUser) -> Import:
    """An import of a file, or without one of the address that is its name; nothing is read yet."""
    if not may_bring(by, kind):
        raise PermissionDenied(_("You may not do this: it takes another role."))
    first = State.IMPORTING if kind == Import.Kind.CLAIM_REVIEWS else State.CHECKING
    import_ = Import(kind=kind, name=name[:2000], made_by=by, state=first)
    if file is None:
        import_.save()
    else:
        files.keep(import_, file)
    return import_


def is_quick(import_: Import) -> bool:
    """Whether one may wait for it: it is small, and waits for no other itself."""
    at_work = Import.objects.filter(state__in=[State.CHECKING, State.IMPORTING])
    return 0 < import_.size <= AT_ONCE and not at_work.exclude(pk=import_.pk).exists()


def go_on(import_: Import) -> None:
    """Do what its state says is to be done; nothing where that is done."""
    if import_.kind == Import.Kind.CLAIM_REVIEWS:
        if import_.state == State.IMPORTING:
            reviews.take_in(import_)
    elif import_.state == State.CHECKING:
        tables.check(import_)
    elif import_.state == State.IMPORTING:
        tables.carry_out(import_)


def go_on_now(import_: Import) -> None:
    """The same, while somebody waits: outside of any transaction, so that it can be told how it
    goes."""
    try:
        go_on(import_)
    except Exception as error:
        give_up(import_, error)
        raise


def give_up(import_: Import, error: Exception) -> None:
    """It failed, and would again."""
    fault = _("reading it failed: this is a fault of Constat, report it")
    import_.state = State.FAILED
    import_.reason = str(error) if is_expected(error) else fault
    import_.ended_at = timezone.now()
    import_.save(update_fields=["state", "reason", "ended_at"])


def confirm(import_: Import, by: AbstractBaseUser, *, leaves_out: bool) -> bool:
    """Have a checked table carried out; returns False where that was begun, or is over, already."""
    return _leave_checked(
        import_, by, state=State.IMPORTING, leaves_out=leaves_out, made_by=by, seen=0, through=0
    )


def check_again(import_: Import, by: AbstractBaseUser) -> bool:
    """Have the same file checked against the record as it is now."""
    return _leave_checked(import_, by, state=State.CHECKING, made_by=by, seen=0, through=0)


def cancel(import_: Import, by: AbstractBaseUser) -> bool:
    """Leave it; nothing was written."""
    cancelled = _leave_checked(import_, by, state=State.CANCELLED, ended_at=timezone.now())
    if cancelled:
        files.forget(import_)
    return cancelled


def _leave_checked(import_: Import, by: AbstractBaseUser, **values) -> bool:
    """Only one can: whoever presses first."""
    if not may_bring(by, import_.kind):
        raise PermissionDenied(_("You may not do this: it takes another role."))
    waiting = Import.objects.filter(pk=import_.pk, state=State.CHECKED)
    left = waiting.update(reason="", **values)
    import_.refresh_from_db()
    return bool(left)


@transaction.atomic
def forget_abandoned(now: datetime) -> None:
    """Cancel what was checked and left for too long."""
    for import_ in Import.objects.filter(state=State.CHECKED, made_at__lt=now - KEPT):
        import_.state, import_.ended_at = State.CANCELLED, now
        import_.save(update_fields=["state", "ended_at"])
        files.forget(import_)
