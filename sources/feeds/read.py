"""Read a feed: bytes in, what it announces out, or one sentence that says why not."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sources.readers import process
from sources.readers.listing import Item, Listing
from sources.readers.process import Limits
from sources.readers.unreadable import Reason, Unreadable
from sources.refused import Refused

NOT_A_FEED = _("it is neither an RSS or Atom feed nor a sitemap")
FEED_NAMED = _("it is a web page, not a feed; the feed it names is %(feed)s: give that address")
SENTENCES = {
    Reason.EMPTY: _("it is empty"),
    Reason.PAGE: _("it is a web page, not a feed, and it names none"),
    Reason.XML: NOT_A_FEED,
    Reason.TEXT: NOT_A_FEED,
    Reason.NO_ARTICLE: _(
        "it is a sitemap without publication dates: only those of news can be followed"
    ),
    Reason.CHARSET: _("its character set cannot be told"),
    Reason.DAMAGED: _("it is damaged, so that no entry can be read: tell the publisher"),
    Reason.ENTITIES: _("it defines XML entities, as hostile files do"),
    Reason.TOO_DEEP: _("its elements are nested deeper than in any real feed"),
    Reason.TIME: _("reading it takes too long"),
    Reason.MEMORY: _("reading it takes too much memory"),
    Reason.CRASH: _("the program that reads it broke off: it is damaged, or made to do harm"),
}


def read(
    original: bytes,
    *,
    charset: str = "",
    url: str = "",
    limits: Limits = Limits(),  # noqa: B008  it never changes
) -> Listing:
    """What a feed announces, read in a child process; raises Refused."""
    try:
        said = process.run(process.FEEDS, original, limits, declared=charset, url=url)
    except Unreadable as unreadable:
        named = unreadable.details.get("feed")
        sentence = FEED_NAMED if named else SENTENCES[unreadable.reason]
        raise Refused(sentence % unreadable.details) from unreadable
    return Listing(**said | {"items": [_item(**item) for item in said["items"]]})


def _item(published_at: str | None, **said: str) -> Item:
    return Item(published_at=published_at and datetime.fromisoformat(published_at), **said)
