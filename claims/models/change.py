from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """An entry of the change log: a row of a resource of the API is, or was, another by now.

    ``row`` is its key in our tables, ``public_id`` its id in the API. The log says that a row
    changed, not what it says: that is read when somebody asks (claims/sync/read.py). Entries never
    change, and their numbers have no gap.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    resource = models.CharField(_("resource"), max_length=20)
    row = models.BigIntegerField(_("row"))
    public_id = models.CharField(_("id"), max_length=100)
    at = models.DateTimeField(_("at"))
    gone = models.BooleanField(_("gone"), help_text=_("Whether it was public no longer."))
    other = models.BooleanField(
        _("other"), help_text=_("Whether it may say something else, rather than be public or not.")
    )
    standing = models.CharField(
        _("standing"),
        max_length=70,
        blank=True,
        help_text=_("Of a claim, where it stood then: basis and value."),
    )

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        default_permissions = ()
        ordering = ["number"]
        indexes = [
            # What was last said of this row?
            models.Index(fields=["resource", "row", "-number"], name="change_of_row"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.resource} {self.public_id}"


class ChangeLog(models.Model):
    """Where the log is: its last number, and what it has taken into account. One row.

    Whoever writes the log holds it. ``day`` is the last day that was looked at, as some things come
    due by the day alone; none before the log has begun. ``shape`` tells the form of the documents:
    where an update changes that, the log tells of every row.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.BigIntegerField(_("number"), default=0)
    day = models.DateField(_("day"), null=True)
    shape = models.CharField(_("shape"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("change log")
        verbose_name_plural = _("change logs")
        default_permissions = ()
        constraints = [
            # There is one.
            models.CheckConstraint(condition=Q(id=1), name="change_log_is_one"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Follower(models.Model):
    """Who reads the log here, and up to which number; without one, everything is to be told."""

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    number = models.BigIntegerField(_("number"), null=True)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
