import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.feed import Feed
from sources.models.snapshot import Snapshot
from sources.search import SearchQuerySet


class EntryQuerySet(SearchQuerySet):
    def search(self, text: str):
        """By title; also the one at an address."""
        at = self.filter(url=text.strip())
        return at if "://" in text and at.exists() else super().search(text)


class Entry(models.Model):
    """What a feed announced, and what came of it. Known for ever, so that it is taken in once.

    ``key`` is its id or guid in the feed where it was first seen, else its address or title.
    ``url`` is its address as it is fetched. ``text`` is the whole article as HTML, where the feed
    carries it, until it is taken in.
    """

    class Outcome(models.TextChoices):
        """Our own list: what an editor can do about it differs."""

        WAITING = "waiting", _("waiting")
        TAKEN_IN = "taken_in", _("taken in")
        OLD = "old", _("too old")
        PAYWALLED = "paywalled", _("for subscribers")
        EMPTY = "empty", _("without a text")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")

    feed = models.ForeignKey(
        Feed, models.PROTECT, related_name="entries", verbose_name=_("first seen in")
    )
    key = models.CharField(_("key"), max_length=500)
    url = models.CharField(  # noqa: DJ001  null, so that "none" may stand twice
        _("address"), max_length=2000, null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    seen_at = models.DateTimeField(_("first seen at"))
    text = models.TextField(_("text in the feed"), blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=Outcome, default=Outcome.WAITING
    )
    reason = models.TextField(_("reason"), blank=True)
    snapshot = models.ForeignKey(
        Snapshot,
        models.PROTECT,
        related_name="entries",
        null=True,
        blank=True,
        verbose_name=_("snapshot"),
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed entry")
        verbose_name_plural = _("feed entries")
        ordering = ["-seen_at", "-published_at", "-id"]
        constraints = [
            # An address is taken in once, whatever feeds announce it and under what ids.
            models.UniqueConstraint("url", name="entry_url_once"),
            # What a feed announces is taken in once, wherever its address moves.
            models.UniqueConstraint(fields=["feed", "key"], name="entry_once_in_feed"),
            # "No address" is written one way only: null.
            models.CheckConstraint(condition=~Q(url=""), name="entry_url_not_empty"),
            # What was taken in is there.
            models.CheckConstraint(
                condition=Q(outcome="taken_in", snapshot__isnull=False)
                | (~Q(outcome="taken_in") & Q(snapshot__isnull=True)),
                name="entry_taken_in_has_snapshot",
            ),
            # Whoever sees that it was not taken in reads why.
            models.CheckConstraint(
                condition=Q(outcome__in=["waiting", "taken_in"]) | ~Q(reason=""),
                name="entry_has_reason",
            ),
        ]
        indexes = [
            # What was seen last?
            models.Index(fields=["-seen_at", "-published_at", "-id"], name="entry_latest"),
            # What did this feed announce last?
            models.Index(fields=["feed", "-seen_at"], name="entry_latest_of_feed"),
            # What was paywalled, refused, failed last?
            models.Index(fields=["outcome", "-seen_at"], name="entry_latest_by_outcome"),
        ]
        triggers = [
            # What a feed announced is not told otherwise afterwards.
            pgtrigger.ReadOnly(
                name="entry_stays_as_announced",
                fields=["feed", "key", "url", "title", "published_at", "seen_at"],
            ),
            # What is forgotten would be taken in again.
            pgtrigger.Protect(name="entry_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.key
