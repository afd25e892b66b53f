from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LastChange(models.Model):
    """When anything that readers see changed last; written by triggers (claims/sql/public.sql).

    One row. ``at`` is in whole seconds, later with every change, so it may run ahead of the clock.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    at = models.DateTimeField(_("at"))
    tell_cdn = models.BooleanField(
        _("tell the CDN"), default=False, help_text=_("Whether changes are queued for the CDN.")
    )

    class Meta:
        verbose_name = _("last change")
        verbose_name_plural = _("last changes")
        default_permissions = ()
        constraints = [
            # There is one.
            models.CheckConstraint(condition=Q(id=1), name="last_change_is_one"),
        ]

    def __str__(self) -> str:
        return self.at.isoformat()


class PublicChange(models.Model):
    """A row whose change readers see, of which the CDN is still to be told (claims/purge.py)."""

    class Kind(models.TextChoices):
        """What the row is of; ``everything`` is on every page."""

        CLAIM = "claim", _("claim")
        SPEAKER = "speaker", _("speaker")
        VERIFICATION = "verification", _("verification")
        DEVELOPMENT = "development", _("development")
        DOCUMENT = "document", _("document")
        SENTENCE = "sentence", _("sentence")
        PUBLISHER = "publisher", _("publisher")
        EVERYTHING = "everything", _("everything")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    row = models.BigIntegerField(_("row"))

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"
