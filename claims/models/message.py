from calendar import monthrange
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.fields import PublicIdField
from sources.history import RecordClock, tracked


class MessageQuerySet(models.QuerySet):
    def new(self):
        """Those nobody has taken in hand, the oldest first."""
        return self.filter(status=Message.Status.NEW).order_by("received_at", "id")


@tracked
class Message(models.Model):
    """What a reader wrote to the newsroom. Its ``public_id`` is the reference the reader is given.

    What is known of who wrote it is a Sender, which is erased after a time: history keeps none of
    it.
    """

    class Kind(models.TextChoices):
        """Our own: what the contact form is for."""

        CLAIM = "claim", _("a claim to check")
        CORRECTION = "correction", _("something to correct")
        REPLY = "reply", _("right of reply")
        RECTIFICATION = "rectification", _("rectification of personal data")
        ERASURE = "erasure", _("erasure of personal data")
        OTHER = "other", _("something else")

    class Status(models.TextChoices):
        """Our own: a message waits until somebody takes it in hand."""

        NEW = "new", _("new")
        IN_HAND = "in_hand", _("in hand")
        ANSWERED = "answered", _("answered")
        SPAM = "spam", _("spam")

    public_id = PublicIdField(verbose_name=_("reference"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    text = models.TextField(_("text"))
    address = models.CharField(_("address"), max_length=2_000, blank=True)
    language = models.CharField(_("language"), max_length=10, default="fr")
    received_at = models.DateTimeField(_("received at"), db_default=RecordClock(), editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.NEW, editable=False
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("handled by"),
    )
    handled_at = models.DateTimeField(_("handled at"), null=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-received_at", "-id"]
        constraints = [
            # A message says something.
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
            # Nothing is in hand, answered or put aside but by somebody, at some time.
            models.CheckConstraint(
                condition=Q(status="new", handled_by__isnull=True, handled_at__isnull=True)
                | (~Q(status="new") & Q(handled_by__isnull=False, handled_at__isnull=False)),
                name="message_handled_by_somebody",
            ),
        ]
        indexes = [
            # What waits, the longest first?
            models.Index(
                fields=["received_at", "id"], condition=Q(status="new"), name="message_new"
            ),
            # What came in last, in all, of this status, of this kind?
            models.Index(fields=["-received_at", "-id"], name="message_latest"),
            models.Index(fields=["status", "-received_at", "-id"], name="message_by_status"),
            models.Index(fields=["kind", "-received_at", "-id"], name="message_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.public_id}"

    @property
    def due_on(self) -> date | None:
        """The last day the law leaves to answer it; None where it sets none, or it is done with.

        Three days to publish a reply (law of 21 June 2004, article 1-1; law of 29 July 1881,
        article 13); a month to tell what was done with personal data (GDPR, article 12(3)).
        """
        if self.status in (self.Status.ANSWERED, self.Status.SPAM):
            return None
        day = timezone.localdate(self.received_at)
        if self.kind == self.Kind.REPLY:
            return day + timedelta(days=3)
        if self.kind in PERSONAL_DATA:
            return a_month_after(day)
        return None


PERSONAL_DATA = {Message.Kind.RECTIFICATION, Message.Kind.ERASURE}


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last (Regulation (EEC) 1182/71, article 3(2)(c))."""
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


class Sender(models.Model):
    """Who wrote a message, as far as they said: for an answer. Erased after ``CONTACT_DAYS``."""

    message = models.OneToOneField(
        Message, models.CASCADE, primary_key=True, related_name="sender", verbose_name=_("message")
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    received_at = models.DateTimeField(_("received at"), db_default=RecordClock())

    class Meta:
        verbose_name = _("sender")
        verbose_name_plural = _("senders")
        constraints = [
            # Nothing is kept of whoever said nothing of themselves.
            models.CheckConstraint(condition=~Q(name="", email=""), name="sender_is_known"),
        ]
        indexes = [
            # Whose time is over?
            models.Index(fields=["received_at"], name="sender_by_age"),
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.name, self.email]))
