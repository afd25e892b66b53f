from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Salt(models.Model):
    """What the addresses of a day are hashed with. Once it is gone no hash tells an address."""

    day = models.DateField(_("day"), primary_key=True)
    salt = models.BinaryField(_("salt"))

    class Meta:
        verbose_name = _("salt")
        verbose_name_plural = _("salts")

    def __str__(self) -> str:
        return str(self.day)


class Sending(models.Model):
    """That a message was sent, and from where: a hash with the day's Salt, for the limits only.

    It is not told which message; nothing of it is kept beyond its day.
    """

    sender = models.CharField(_("sender"), max_length=64)
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("sending")
        verbose_name_plural = _("sendings")
        indexes = [
            # How much came from there of late?
            models.Index(fields=["sender", "at"], name="sending_by_sender"),
            # How much came in all today?
            models.Index(fields=["at"], name="sending_by_time"),
        ]

    def __str__(self) -> str:
        return self.sender[:8]
