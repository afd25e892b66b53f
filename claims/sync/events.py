"""What happened, from the change log: events for those who subscribed to them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from claims.api.resources import RESOURCES
from claims.models import Delivery, Event, Follower, Subscription
from claims.sync.replicas import wait_for_replicas
from claims.sync.settle import WEBHOOKS, settle

AT_ONCE = 200  # events a transaction
TEST = "webhook.test"
Type = Subscription.Type

# A verification or correction that is told for the first time; a claim that stands otherwise than
# it was last told to stand. One that is public for the first time did not stand anywhere before.
FOUND = """
SELECT told.number, told.resource, told."row", told.public_id, told.at, told.standing,
       coalesce(before.standing, '')
  FROM claims_change told
  LEFT JOIN LATERAL (
    SELECT earlier.standing FROM claims_change earlier
     WHERE earlier.resource = 'claims' AND earlier."row" = told."row"
       AND earlier.number < told.number AND earlier.standing <> ''
     ORDER BY earlier.number DESC LIMIT 1) before ON told.resource = 'claims'
 WHERE told.number > %s AND told.number <= %s AND NOT told.gone
   AND CASE WHEN told.resource = 'claims' THEN before.standing <> told.standing
       ELSE told.resource IN ('verifications', 'corrections') AND NOT EXISTS (
         SELECT FROM claims_change earlier
          WHERE earlier.resource = told.resource AND earlier."row" = told."row"
            AND earlier.number < told.number)
       END
 ORDER BY told.number LIMIT %s
"""
TYPES = {
    "verifications": Type.VERIFICATION,
    "claims": Type.STANDING,
    "corrections": Type.CORRECTION,
}


@dataclass(frozen=True)
class Happened:
    """An entry of the log that is an event; of a claim with the standing before and after."""

    number: int
    resource: str
    row: int
    public_id: str
    at: datetime
    after: str
    before: str

    @property
    def type(self) -> str:
        return TYPES[self.resource]


def tell_subscribers() -> None:
    """Have all that the log has by now delivered to whoever subscribed to it."""
    last = settle()
    wait_for_replicas(last)
    while _tell_some(last):
        pass


@transaction.atomic
def _tell_some(last: int) -> bool:
    """The next events up to the number ``last``; returns whether there may be more."""
    follower = Follower.objects.select_for_update().filter(name=WEBHOOKS).first()
    if follower is None or follower.number >= last:
        return False
    happened = _happened(follower.number, last)
    more = len(happened) == AT_ONCE
    follower.number = happened[-1].number if more else last
    follower.save()
    subscriptions = list(Subscription.objects.filter(active=True))
    wanted = [one for one in happened if any(_wants(each, one) for each in subscriptions)]
    events = {one: _event(one, document) for one, document in _with_documents(wanted)}
    Event.objects.bulk_create(events.values())
    queue(
        Delivery(subscription=each, event=event, due_at=timezone.now())
        for one, event in events.items()
        for each in subscriptions
        if _wants(each, one)
    )
    return more


def tell_test(subscription: Subscription) -> None:
    """Send a test, to this one."""
    now = timezone.now()
    said = {"type": TEST, "timestamp": now.isoformat(), "data": {"webhook": subscription.name}}
    event = Event.objects.create(type=TEST, at=now, body=json.dumps(said, ensure_ascii=False))
    queue([Delivery(subscription=subscription, event=event, due_at=now)])


def queue(deliveries: Iterable[Delivery]) -> None:
    """Keep them, and have each sent."""
    from claims.jobs import have_delivered  # which has all others to import

    for delivery in Delivery.objects.bulk_create(deliveries):
        have_delivered(delivery.pk)


def _happened(after: int, last: int) -> list[Happened]:
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [after, last, AT_ONCE])
        return [Happened(*found) for found in cursor.fetchall()]


def _wants(subscription: Subscription, happened: Happened) -> bool:
    return happened.type in subscription.events and happened.number > subscription.since


def _with_documents(happened: list[Happened]) -> Iterable[tuple[Happened, str]]:
    """Those that are still public, with the JSON of the row as it is now."""
    for name in TYPES:
        rows = [one.row for one in happened if one.resource == name]
        published = RESOURCES[name].published().filter(pk__in=rows)
        documents = dict(RESOURCES[name].documents(published)) if rows else {}
        for one in happened:
            if one.resource == name and one.public_id in documents:
                yield one, documents[one.public_id]


def _event(happened: Happened, document: str) -> Event:
    data = {"resource": happened.resource, "id": happened.public_id}
    if happened.resource == "claims":
        data |= {"before": _standing(happened.before), "after": _standing(happened.after)}
    body = (
        f'{{"type": "{happened.type}", "timestamp": "{happened.at.isoformat()}",'
        f' "data": {json.dumps(data)[:-1]}, "document": {document}}}}}'
    )
    return Event(type=happened.type, number=happened.number, at=happened.at, body=body)


def _standing(words: str) -> dict[str, str]:
    basis, _space, value = words.partition(" ")
    return {"basis": basis, "value": value}
