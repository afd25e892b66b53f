from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.feeds import rhythm
from sources.history import tracked
from sources.models.fetch import Fetch
from sources.models.publisher import Publisher


class FeedQuerySet(models.QuerySet):
    def search(self, text: str):
        """By a part of the title or address: feeds are few."""
        return self.filter(Q(title__icontains=text) | Q(url__icontains=text))

    def due(self, now: datetime) -> models.QuerySet:
        """The feeds whose turn has come: at once where one was never polled."""
        return self.filter(Q(polling=None) | Q(polling__due_at__lte=now), active=True)


@tracked
class Feed(models.Model):
    """An address where a site announces what it publishes: RSS, Atom or a news sitemap."""

    url = models.URLField(_("address"), max_length=2000)
    title = models.CharField(
        _("title"), max_length=300, blank=True, help_text=_("as the feed says, if left empty")
    )
    publisher = models.ForeignKey(
        Publisher,
        models.PROTECT,
        related_name="feeds",
        null=True,
        blank=True,
        verbose_name=_("publisher"),
        help_text=_("of all that it announces; if left empty, as each page says"),
    )
    active = models.BooleanField(_("polled"), default=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["title", "url"]
        constraints = [
            # A feed is polled by one rhythm.
            models.UniqueConstraint(fields=["url"], name="feed_url_once"),
            # There is something to poll.
            models.CheckConstraint(condition=~Q(url=""), name="feed_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.title or self.url


class Polling(models.Model):
    """When a feed is polled next, and what came of it last. The poller's, not the editors'.

    ``read`` is the fetch whose entries are kept; ``reason`` is why the latest poll failed.
    """

    feed = models.OneToOneField(
        Feed, models.CASCADE, primary_key=True, related_name="polling", verbose_name=_("feed")
    )
    due_at = models.DateTimeField(_("next poll"))
    interval = models.DurationField(_("rhythm"), default=rhythm.FIRST)
    at_least = models.DurationField(
        _("not sooner than"), default=timedelta(0), help_text=_("as the feed says")
    )
    polled_at = models.DateTimeField(_("latest poll"), null=True, blank=True)
    succeeded_at = models.DateTimeField(_("latest success"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    reason = models.TextField(_("reason"), blank=True)
    read = models.ForeignKey(
        Fetch, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("read from")
    )

    class Meta:
        verbose_name = _("polling")
        verbose_name_plural = _("pollings")
        constraints = [
            # Whoever sees that a feed fails reads why; one that does not has no reason.
            models.CheckConstraint(
                condition=Q(failures=0, reason="") | (Q(failures__gt=0) & ~Q(reason="")),
                name="polling_fails_for_a_reason",
            ),
        ]
        indexes = [
            # Which feeds are due?
            models.Index(fields=["due_at"], name="polling_due"),
        ]

    def __str__(self) -> str:
        return str(self.feed)
