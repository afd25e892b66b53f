"""Who is told of events, from when on."""

from django.db import transaction

from claims.models import Follower, Subscription
from claims.models.webhook import new_secret
from claims.sync.settle import WEBHOOKS, settle


@transaction.atomic
def subscribe(subscription: Subscription) -> str:
    """Have it told of what happens from now on; returns its secret."""
    number = settle()
    Follower.objects.get_or_create(name=WEBHOOKS, defaults={"number": number})
    subscription.since = number
    subscription.save()
    return subscription.secret


def renew_secret(subscription: Subscription) -> str:
    """Another secret, from the next delivery on; returns it."""
    subscription.secret = new_secret()
    subscription.save(update_fields=["secret"])
    return subscription.secret
