import secrets
from base64 import b64encode

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

PREFIX = "whsec_"  # of secrets, as Standard Webhooks writes them


def new_secret() -> str:
    """256 random bits, as Standard Webhooks writes them."""
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


def new_event_id() -> str:
    """An id nobody guesses."""
    return f"msg_{secrets.token_hex(16)}"


class Subscription(models.Model):
    """An address that is told of events, and what it is told: a webhook.

    What it is told is signed with the secret, which so cannot be kept as a hash; the desk shows it
    once. Told is what the change log has after the number ``since``. While its address does not
    answer, nothing is sent to it before ``resume_at``.
    """

    class Type(models.TextChoices):
        """The events one may subscribe to."""

        VERIFICATION = "verification.published", _("a verification is published")
        STANDING = "claim.standing_changed", _("a claim stands otherwise")
        CORRECTION = "correction.published", _("a correction is published")

    name = models.CharField(_("name"), max_length=100, help_text=_("Whose it is."))
    address = models.URLField(_("address"), max_length=2000)
    events = ArrayField(models.CharField(max_length=40, choices=Type), verbose_name=_("events"))
    active = models.BooleanField(_("active"), default=True)
    note = models.TextField(
        _("note"), blank=True, editable=False, help_text=_("Why it was switched off.")
    )
    secret = models.CharField(_("secret"), max_length=60, default=new_secret, editable=False)
    since = models.BigIntegerField(_("since"), default=0, editable=False)
    resume_at = models.DateTimeField(_("not before"), null=True, editable=False)
    delivered_at = models.DateTimeField(_("last delivery"), null=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name"]
        constraints = [
            # A subscription is for something.
            models.CheckConstraint(condition=~Q(events=[]), name="subscription_has_events"),
        ]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """What happened, as it is told: ``body`` is sent as it is, to whoever subscribed to it.

    ``number`` is that of the change log; none for a test.
    """

    id = models.CharField(_("id"), max_length=40, primary_key=True, default=new_event_id)
    type = models.CharField(_("event"), max_length=40)
    number = models.BigIntegerField(_("number"), null=True)
    at = models.DateTimeField(_("at"))
    body = models.TextField(_("body"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        default_permissions = ()
        constraints = [
            # An entry of the log is one event.
            models.UniqueConstraint(fields=["number"], name="event_once"),
        ]
        indexes = [
            # Which are old enough to be forgotten?
            models.Index(fields=["at"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"


class Delivery(models.Model):
    """An event on its way to a subscriber: how it went the last time, and when it is due again."""

    class Status(models.TextChoices):
        """Our own."""

        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        GIVEN_UP = "given_up", _("given up")

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    event = models.ForeignKey(
        Event, models.CASCADE, related_name="deliveries", verbose_name=_("event")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"), null=True)
    tried_at = models.DateTimeField(_("latest attempt"), null=True)
    code = models.PositiveSmallIntegerField(_("answer"), null=True)
    answer = models.TextField(
        _("what it answered"), blank=True, help_text=_("The first thousand bytes.")
    )
    reason = models.TextField(_("what went wrong"), blank=True)
    milliseconds = models.PositiveIntegerField(_("took (ms)"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ("view",)
        ordering = ["-pk"]
        constraints = [
            # A subscriber is told of an event once, however often that takes.
            models.UniqueConstraint(fields=["subscription", "event"], name="delivery_once"),
            # What waits is due some time, and nothing else is.
            models.CheckConstraint(
                condition=Q(status="waiting", due_at__isnull=False)
                | (~Q(status="waiting") & Q(due_at__isnull=True)),
                name="delivery_is_due_while_it_waits",
            ),
        ]
        indexes = [
            # What is due?
            models.Index(fields=["due_at"], condition=Q(status="waiting"), name="delivery_due"),
            # What was told this subscriber last?
            models.Index(fields=["subscription", "-id"], name="delivery_of_subscription"),
            # What waits, was delivered, was given up?
            models.Index(fields=["status", "-id"], name="delivery_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.subscription}"
