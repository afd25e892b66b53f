"""Take in what a reader writes, unless too much comes from one place or in all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from claims.client import hashed, salt
from claims.models import Message, Sender, Sending
from claims.take_back import midnight
from sources.locks import hold

RECEIVING = "receiving messages"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """No more than ``most`` messages in a time, from one place or, ``in_all``, from everywhere."""

    most: int
    time: timedelta
    in_all: bool = False


LIMITS = [Limit(5, HOUR), Limit(15, DAY), Limit(500, DAY, in_all=True)]


class TooMany(Exception):
    """A limit is reached; ``wait`` is how long it is."""

    def __init__(self, limit: Limit, wait: timedelta) -> None:
        super().__init__(f"{limit.most} messages in {limit.time}")
        self.limit, self.wait = limit, wait


@transaction.atomic
def receive(message: Message, sender: Sender, origin: str, now: datetime) -> Message:
    """Keep a message, and who sent it if they said so; ``origin`` is the IP address it came from.

    Raises TooMany.
    """
    hold([RECEIVING])
    today = timezone.localdate(now)
    origin = hashed(origin, salt(today))
    for limit in LIMITS:
        _keep_to(limit, origin, now)
    Sending.objects.create(sender=origin, at=now)
    message.save()
    if sender.name or sender.email:
        sender.message = message
        sender.save()
    return message


def _keep_to(limit: Limit, origin: str, now: datetime) -> None:
    # Hashes of different days cannot be compared: a day begins at midnight.
    since = midnight(now) if limit.time == DAY else now - limit.time
    sent = Sending.objects.filter(at__gt=since)
    if not limit.in_all:
        sent = sent.filter(sender=origin)
    latest = list(sent.order_by("-at").values_list("at", flat=True)[: limit.most])
    if len(latest) == limit.most:
        free = midnight(now) + DAY if limit.time == DAY else latest[-1] + limit.time
        raise TooMany(limit, free - now)
