"""Take in what a feed announced: the page of an entry, or its text in the feed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sources.fetching.failure import Failed
from sources.fetching.fetch import fetch
from sources.ingest import ingest
from sources.keep import Ingested
from sources.models import Entry, Snapshot
from sources.origin import Origin
from sources.partial_date import PartialDate
from sources.readers.unreadable import Reason, Unreadable
from sources.refused import Refused

PAGE = "<html><body><article>{}</article></body></html>"
NO_TEXT = (Entry.Outcome.PAYWALLED, Entry.Outcome.EMPTY)


def take_in(entry: Entry, *, now: datetime, then: Callable[[Snapshot], object]) -> None:
    """Keep the text of ``entry``; ``then`` writes in the same transaction. Raises Refused.

    The feed's own text counts only where the page gives none.
    """
    publisher = entry.feed.publisher
    origin = Origin(publisher=publisher.name if publisher else "")
    # What the page says of itself is surer.
    date = entry.published_at and PartialDate.day(timezone.localdate(entry.published_at))
    otherwise = Origin(date, title=entry.title)
    today = timezone.localdate(now)
    if entry.url:
        try:
            fetched = fetch(entry.url, now=now)
            with transaction.atomic():
                _settle(entry, fetched.ingest(origin, otherwise=otherwise, today=today), then)
        except Refused as refusal:
            if not (entry.text and outcome(refusal) in NO_TEXT):
                raise
        else:
            return
    origin = replace(origin.or_else(otherwise), url=entry.url)
    page = PAGE.format(entry.text).encode()
    with transaction.atomic():
        _settle(entry, ingest(page, origin, today=today, media_type="text/html"), then)


def _settle(entry: Entry, ingested: Ingested, then: Callable[[Snapshot], object]) -> None:
    entry.snapshot = ingested.snapshot
    entry.outcome, entry.reason, entry.text = Entry.Outcome.TAKEN_IN, "", ""
    entry.save()
    then(ingested.snapshot)


def outcome(refusal: Refused) -> Entry.Outcome:
    """What an entry is that was refused so."""
    match refusal.__cause__:
        case Unreadable(reason=Reason.PAYWALL):
            return Entry.Outcome.PAYWALLED
        case Unreadable(reason=Reason.EMPTY | Reason.NO_ARTICLE | Reason.NO_TEXT):
            return Entry.Outcome.EMPTY
    failed = isinstance(refusal, Failed)
    return Entry.Outcome.FAILED if failed else Entry.Outcome.REFUSED
