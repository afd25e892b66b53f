"""Who has which candidate before them: two editors are never given the same one.

A hold lasts ten minutes by the clock of the database (claims/models/hold.py), so whatever becomes
of a page, its candidate is free again by itself.
"""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from claims.acts import forbidden
from claims.models import Claim, Hold
from claims.models.claim import ClaimQuerySet
from claims.models.hold import LASTS

# Another's hold stays as it is, even one that was committed after this statement began.
TAKE = """
INSERT INTO claims_hold (claim_id, editor_id, until) VALUES (%s, %s, clock_timestamp() + %s)
ON CONFLICT (claim_id) DO UPDATE SET editor_id = excluded.editor_id, until = excluded.until
WHERE claims_hold.editor_id = excluded.editor_id OR claims_hold.until <= now() OR %s
RETURNING claim_id
"""


def free(candidates: ClaimQuerySet, editor: AbstractBaseUser) -> ClaimQuerySet:
    """Those that no other editor holds."""
    others = Hold.objects.standing().exclude(editor=editor)
    return candidates.filter(~Exists(others.filter(claim=OuterRef("pk"))))


def take_next(candidates: ClaimQuerySet, editor: AbstractBaseUser) -> int | None:
    """The id of the first of ``candidates`` that is free, from now on held by ``editor``."""
    while True:
        with transaction.atomic():
            rows = free(candidates, editor).select_for_update(
                skip_locked=True, no_key=True, of=("self",)
            )
            claim = rows.values_list("pk", flat=True).first()
            if claim is None or _take(claim, editor):
                return claim


def take(claim: Claim, editor: AbstractBaseUser, *, over: bool = False) -> Hold | None:
    """The hold on a candidate: ``editor``'s own from now on, unless another's still lasts.

    None where there is nothing left to decide. With ``over`` it is taken from whoever has it;
    raises PermissionDenied for who may not.
    """
    if over and not editor.has_perm("claims.take_over_hold"):
        raise forbidden()
    with transaction.atomic():
        locked = Claim.objects.select_for_update(no_key=True).filter(pk=claim.pk)
        if locked.filter(status=Claim.Status.CANDIDATE).first() is None:
            return None
        _take(claim.pk, editor, over)
        return Hold.objects.select_related("editor").get(claim=claim)


def _take(claim: int, editor: AbstractBaseUser, over: bool = False) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [claim, editor.pk, LASTS, over])
        return cursor.fetchone() is not None


def release(claim: int, editor: AbstractBaseUser, until: datetime | None = None) -> None:
    """``editor`` has left it; with ``until``, unless the hold was renewed since it said so.

    What else of theirs ran out is forgotten as well.
    """
    left = Q(claim=claim) if until is None else Q(claim=claim, until=until)
    Hold.objects.filter(left | Q(until__lte=Now()), editor=editor).delete()
