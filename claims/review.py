"""Read a verification: notes between its author and its readers, and what changed since."""

from itertools import takewhile

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from claims.acts import act
from claims.models import ReviewNote, Verification
from claims.publish import PUBLISH
from sources import versions
from sources.history import RecordClock

NOTE = "claims.add_reviewnote"
SETTLE = "claims.change_reviewnote"


def note(
    verification: Verification, text: str, by: AbstractBaseUser, *, blocks: bool = False
) -> ReviewNote:
    """Leave a note; one that ``blocks`` holds up the publication."""
    with act(by, NOTE):
        return verification.review_notes.create(author=by, text=text, blocks=blocks)


def settle(note: ReviewNote, by: AbstractBaseUser) -> None:
    """A note has been seen to. What blocks is lifted by who wrote it, or by a second editor."""
    with act(by, SETTLE):
        if not may_settle(note, by):
            raise PermissionDenied(
                _("Whoever wrote a note that blocks lifts it, or a second editor.")
            )
        ReviewNote.objects.unsettled().filter(pk=note.pk).update(
            settled_by=by, settled_at=RecordClock()
        )


def may_settle(note: ReviewNote, user: AbstractBaseUser) -> bool:
    """Whether it is for this person to say that a note has been seen to."""
    if not user.has_perm(SETTLE):
        return False
    second = note.verification.author_id != user.pk and user.has_perm(PUBLISH)
    return not note.blocks or note.author_id == user.pk or second


def since_it_was_sent(verification: Verification) -> list[versions.Change]:
    """What changed since a second editor was last asked; the latest first."""
    return list(takewhile(lambda change: not moves(change), versions.history(verification)))


def sent_by(verification: Verification) -> AbstractBaseUser | None:
    """Who asked for the review it is in."""
    changes = versions.history(verification)
    return next((change.user for change in changes if moves(change)), None)


def moves(change: versions.Change) -> bool:
    """Whether a change took the verification a step further."""
    return (
        change.model is Verification
        and change.label == "update"
        and any(difference.field == "status" for difference in change.differences)
    )
