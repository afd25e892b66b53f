"""What a feed announces becomes entries, each once for ever."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from textwrap import shorten

from django.db.models import F
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sources.feeds.links import address
from sources.fetching.addresses import shown
from sources.known import redacted_among
from sources.models import Entry, Feed
from sources.readers.listing import Item
from sources.refused import Refused

RECENT = timedelta(days=7)  # what is older is no news


def keep(feed: Feed, items: Iterable[Item], now: datetime) -> list[Entry]:
    """Keep what no feed announced before; returns what is to be taken in of it, latest first.

    In a transaction that holds the row of ``feed``. What cannot be taken in, or is too old for
    news, is kept with the reason.
    """
    entries = [_entry(feed, item, now) for item in items]
    keys = {entry.key for entry in entries}
    keys -= set(feed.entries.filter(key__in=keys).values_list("key", flat=True))
    urls = {entry.url for entry in entries if entry.url}
    known = set(Entry.objects.filter(url__in=urls).values_list("url", flat=True))
    known |= redacted_among(urls)
    new = [entry for entry in entries if entry.key in keys and entry.url not in known]
    # In one order, so that two feeds that announce the same at once wait for each other, and not
    # each for the other; what the other was first to announce is left to it.
    new.sort(key=lambda entry: entry.url or "")
    Entry.objects.bulk_create(new, ignore_conflicts=True)
    kept = feed.entries.filter(key__in=[entry.key for entry in new])
    waiting = kept.filter(outcome=Entry.Outcome.WAITING)
    return list(waiting.order_by(F("published_at").desc(nulls_last=True), "pk"))


def _entry(feed: Feed, item: Item, now: datetime) -> Entry:
    # A date that lies ahead is none.
    published_at = item.published_at if item.published_at and item.published_at <= now else None
    entry = Entry(
        feed=feed,
        key=_key(item.key),
        title=shorten(item.title, 500, placeholder="…"),
        published_at=published_at,
        seen_at=now,
        text=item.text,
    )
    try:
        entry.url = address(item.url) if item.url else None
    except Refused as refusal:
        entry.outcome = Entry.Outcome.REFUSED
        entry.reason = f"{shown(item.url)[:200]}: {refusal}"
        return entry
    if not (entry.url or entry.text):
        entry.outcome = Entry.Outcome.EMPTY
        entry.reason = _("the feed gives neither its address nor its whole text")
    elif published_at and published_at < now - RECENT:
        entry.outcome = Entry.Outcome.OLD
        entry.reason = _("it was published more than %(days)s days before it was seen") % {
            "days": number_format(RECENT.days)
        }
    return entry


def _key(key: str) -> str:
    """The key itself, or the digest of one that is longer than any real one."""
    return key if len(key) <= 500 else hashlib.sha256(key.encode()).hexdigest()
