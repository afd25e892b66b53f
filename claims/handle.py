"""What becomes of a message: somebody takes it in hand, answers it, or puts it aside."""

from django.contrib.auth.models import AbstractBaseUser

from claims.acts import act
from claims.models import Message
from sources.history import RecordClock

HANDLE = "claims.change_message"


def handle(message: Message, status: str, by: AbstractBaseUser, reason: str = "") -> None:
    """Give it a Message.Status; a new one again is nobody's."""
    new = status == Message.Status.NEW
    with act(by, HANDLE, reason):
        Message.objects.filter(pk=message.pk).update(
            status=status,
            handled_by=None if new else by,
            handled_at=None if new else RecordClock(),
        )
    message.refresh_from_db()
