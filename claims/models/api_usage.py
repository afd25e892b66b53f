from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.api_key import ApiKey


class Usage(models.Model):
    """How often somebody asked on a day: the limits are kept by it (claims/api/keys/spend.py).

    ``requests`` are those the limits let in; ``read`` and ``refused`` say what became of each.
    """

    day = models.DateField(_("day"))
    minute = models.DateTimeField(_("minute"))
    in_minute = models.PositiveIntegerField(_("requests in that minute"), default=0)
    requests = models.PositiveIntegerField(_("requests"), default=0)
    let_in = models.BooleanField(_("the last one was let in"), default=True)
    read = models.PositiveIntegerField(_("read"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    last_at = models.DateTimeField(_("last used"))

    class Meta:
        abstract = True


class KeyUsage(Usage):
    """What was asked with a key on a day, by kind, and the extractions it spent."""

    pk = models.CompositePrimaryKey("key_id", "day")
    key = models.ForeignKey(
        ApiKey, models.PROTECT, related_name="usage", db_index=False, verbose_name=_("key")
    )
    extract = models.PositiveIntegerField(_("extract"), default=0, db_default=0)
    match = models.PositiveIntegerField(_("match"), default=0, db_default=0)
    propose = models.PositiveIntegerField(_("propose"), default=0, db_default=0)
    extractions = models.PositiveIntegerField(_("extractions"), default=0, db_default=0)

    class Meta:
        verbose_name = _("use of an API key")
        verbose_name_plural = _("use of API keys")
        default_permissions = ()
        indexes = [
            # What is too old to be shown?
            models.Index(fields=["day"], name="keyusage_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.key_id} · {self.day}"


class AddressUsage(Usage):
    """How much came from one place today, without a key: ``address`` is a hash (Salt).

    Its table is unlogged: it spares each request a write to disk, and after a crash of the server
    the day's counts begin anew.
    """

    pk = models.CompositePrimaryKey("address", "day")
    address = models.CharField(_("address"), max_length=64)

    class Meta:
        verbose_name = _("use without a key")
        verbose_name_plural = _("use without keys")
        default_permissions = ()
        indexes = [
            # What is of days before?
            models.Index(fields=["day"], name="addressusage_by_day"),
        ]

    def __str__(self) -> str:
        return self.address[:8]
