"""An event is sent to a subscriber, signed as Standard Webhooks has it, until it is taken.

https://www.standardwebhooks.com. Sent is at least once: who gets the same id again has it already.
"""

import hmac
import random
import time
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Delivery, Event, Subscription
from claims.models.webhook import PREFIX
from claims.sync import receivers
from sources.fetching.time_limit import TimeLimit
from sources.refused import Refused

SECONDS = 15  # for one attempt
ANSWER = 1000  # bytes of an answer that are kept
FIRST, FACTOR, LONGEST = 60, 3, 86_400  # seconds to the second attempt, and on
MOST = 10  # attempts: nearly three days
JITTER = 0.2  # of a wait, less or more: not all at the same moment
GONE = 410
KEPT = timedelta(days=30)  # that deliveries are told of
AT_ONCE = 1000  # deliveries that are queued in a minute


@dataclass(frozen=True)
class Attempt:
    """What came of it: the status of the answer and its beginning, or why there is none."""

    code: int | None
    answer: str
    reason: str
    milliseconds: int

    @property
    def taken(self) -> bool:
        return self.code is not None and 200 <= self.code < 300


def deliver(delivery_id: int, now: datetime) -> None:
    """Send a delivery that waits; where it is not taken, say when it is sent again.

    While the address does not answer, only one delivery tries it at a time.
    """
    delivery = Delivery.objects.select_related("subscription", "event").filter(pk=delivery_id)
    delivery = delivery.filter(status=Delivery.Status.WAITING, subscription__active=True).first()
    if delivery is None:
        return
    subscription = delivery.subscription
    if subscription.resume_at and now < subscription.resume_at:
        Delivery.objects.filter(pk=delivery.pk).update(due_at=subscription.resume_at)
        return
    attempt = _send(subscription, delivery.event, now)
    with transaction.atomic():
        _keep(delivery, attempt, now)


def _send(subscription: Subscription, event: Event, now: datetime) -> Attempt:
    body, limit = event.body.encode(), TimeLimit(now, SECONDS)
    headers = {"Content-Type": "application/json"}
    headers |= signed(subscription.secret, event.id, body, now)
    began = time.monotonic()
    code, answer, reason = None, "", ""
    try:
        with receivers.post(subscription.address, body, headers, limit) as response:
            code = response.status
            answer = response.start(ANSWER).decode(errors="replace").replace("\0", "\ufffd")
    except Refused as refusal:
        reason = str(refusal)
    return Attempt(code, answer, reason, round((time.monotonic() - began) * 1000))


def signed(secret: str, event_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers that say who sent it, and when."""
    at = int(now.timestamp())
    key = b64decode(secret.removeprefix(PREFIX))
    digest = hmac.digest(key, f"{event_id}.{at}.".encode() + body, sha256)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{b64encode(digest).decode()}",
    }


def _keep(delivery: Delivery, attempt: Attempt, now: datetime) -> None:
    subscription = delivery.subscription
    delivery.attempts += 1
    delivery.tried_at, delivery.due_at = now, None
    delivery.code, delivery.answer = attempt.code, attempt.answer
    delivery.reason, delivery.milliseconds = attempt.reason, attempt.milliseconds
    if attempt.taken:
        delivery.status = Delivery.Status.DELIVERED
        subscription.delivered_at, subscription.resume_at = now, None
    elif attempt.code == GONE or delivery.attempts >= MOST:
        delivery.status = Delivery.Status.GIVEN_UP
        _switch_off(delivery, attempt)
    else:
        delivery.due_at = now + _wait(delivery.attempts)
        # The others wait for that; but one that alone is refused holds nobody up.
        if attempt.code is None or attempt.code >= 500:
            subscription.resume_at = now + timedelta(seconds=FIRST)
    delivery.save()
    subscription.save(update_fields=["active", "note", "delivered_at", "resume_at"])


def _wait(attempts: int) -> timedelta:
    seconds = min(FIRST * FACTOR ** (attempts - 1), LONGEST)
    return timedelta(seconds=seconds * random.uniform(1 - JITTER, 1 + JITTER))


def _switch_off(delivery: Delivery, attempt: Attempt) -> None:
    """Where the address says it is gone, or took nothing at all for as long as this was tried."""
    subscription = delivery.subscription
    if attempt.code == GONE:
        subscription.active = False
        subscription.note = _("It answered that it is gone for good (HTTP 410).")
    elif not subscription.delivered_at or subscription.delivered_at < delivery.event.at:
        subscription.active = False
        subscription.note = _("It took nothing in %(attempts)d attempts; the last: %(reason)s") % {
            "attempts": delivery.attempts,
            "reason": attempt.reason or f"HTTP {attempt.code}",
        }


def again(delivery: Delivery) -> None:
    """Send it once more, from the first attempt on, whatever came of it."""
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Delivery.Status.WAITING, attempts=0, due_at=timezone.now()
    )


def due(now: datetime) -> list[int]:
    """The deliveries whose turn has come, the longest due first."""
    waiting = Delivery.objects.filter(status=Delivery.Status.WAITING, subscription__active=True)
    found = waiting.filter(due_at__lte=now).order_by("due_at")
    return list(found.values_list("pk", flat=True)[:AT_ONCE])


def forget(now: datetime) -> None:
    """Forget what was told a month ago."""
    Event.objects.filter(at__lt=now - KEPT).delete()
