"""Poll feeds: ask what is new, keep it, have it taken in, and say when to ask again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from textwrap import shorten

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from sources.feeds import rhythm
from sources.feeds.announced import keep
from sources.feeds.ask import Answer, ask
from sources.fetching import addresses
from sources.models import Entry, Feed, Polling
from sources.refused import Refused

GONE = 410  # HTTP: for good


@transaction.atomic
def take_due(now: datetime) -> list[Feed]:
    """The feeds whose turn has come. Their next one is set, should this poll break off."""
    feeds = list(Feed.objects.due(now).select_related("polling"))
    for feed in feeds:
        interval = feed.polling.interval if hasattr(feed, "polling") else rhythm.FIRST
        Polling.objects.update_or_create(feed=feed, defaults={"due_at": now + interval})
    return feeds


def poll(feed: Feed, *, now: datetime, take_in: Callable[[list[Entry], bool], object]) -> None:
    """Ask ``feed`` what is new. What goes wrong is kept with it, and it is asked again later.

    ``take_in`` is given the new entries and whether the feed was never read before; what it
    writes is committed with them or not at all.
    """
    try:
        answer = ask(feed.url, _polling(feed, now).read, now)
    except Refused as refusal:
        _fail(feed, refusal, now)
    else:
        _succeed(feed, answer, now, take_in)


@transaction.atomic
def _succeed(feed: Feed, answer: Answer, now: datetime, take_in: Callable) -> None:
    if not _hold(feed):
        return
    polling = _polling(feed, now)
    new = keep(feed, answer.listing.items, now) if answer.listing else []
    take_in(new, polling.succeeded_at is None)
    if answer.listing:
        said = max(answer.listing.wait, answer.fetched.max_age)
        polling.at_least = min(timedelta(seconds=said), rhythm.LONGEST)
    polling.interval = rhythm.adapted(polling.interval, len(new))
    polling.due_at = now + rhythm.wait(polling.interval, polling.at_least)
    polling.polled_at = polling.succeeded_at = now
    polling.failures, polling.reason = 0, ""
    polling.read = answer.read
    polling.save()
    if answer.listing and not feed.title:
        feed.title = shorten(answer.listing.title, 300, placeholder="…")
        feed.save(update_fields=["title"])
    _move(feed, polling, answer.fetched.lasting_url)


@transaction.atomic
def _fail(feed: Feed, refusal: Refused, now: datetime) -> None:
    if not _hold(feed):
        return
    polling = _polling(feed, now)
    polling.failures += 1
    polling.reason = str(refusal)
    polling.polled_at = now
    said = timedelta(seconds=getattr(refusal, "retry_after", 0))
    polling.due_at = now + rhythm.back_off(polling.interval, polling.failures, said)
    polling.save()
    if getattr(refusal, "status", None) == GONE:
        _give_up(feed, polling, _("the site says that it is gone for good (HTTP 410)"))


def _polling(feed: Feed, now: datetime) -> Polling:
    found = Polling.objects.select_related("read").filter(feed=feed).first()
    return found or Polling(feed=feed, due_at=now)


def _hold(feed: Feed) -> bool:
    """Let nobody else poll or edit it; whether it still is at the address that was asked."""
    asked = feed.url
    feed.refresh_from_db(from_queryset=Feed.objects.select_for_update(no_key=True))
    return feed.url == asked


def _move(feed: Feed, polling: Polling, url: str) -> None:
    """Poll it where the site moved it for good."""
    if url == feed.url or len(url) > addresses.LONGEST:
        return
    if Feed.objects.filter(url=url).exists():
        _give_up(feed, polling, _("it moved to %(url)s, which is polled already") % {"url": url})
        return
    feed.url = url
    with pghistory.context(reason=_("the site moved it for good")):
        feed.save(update_fields=["url"])


def _give_up(feed: Feed, polling: Polling, reason: str) -> None:
    """Poll it no longer, until an editor says so."""
    polling.failures, polling.reason = max(polling.failures, 1), reason
    polling.save()
    feed.active = False
    with pghistory.context(reason=reason):
        feed.save(update_fields=["active"])
