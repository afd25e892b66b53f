from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.prepared import prepared


class LastChange(models.Model):
    """When anything that readers see changed last; written by triggers (claims/sql/public.sql).

    One row. ``at`` is in whole seconds, later with every change, so it may run ahead of the clock.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    at = models.DateTimeField(_("at"))
    tell_cdn = models.BooleanField(
        _("tell the CDN"), default=False, help_text=_("Whether there is a CDN that is told.")
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

    @classmethod
    def known(cls) -> "LastChange | None":
        """The row there is, if any; each page asks."""
        with prepared() as cursor:
            cursor.execute("SELECT id, at, tell_cdn FROM claims_lastchange WHERE id = 1")
            row = cursor.fetchone()
        return cls(*row) if row else None


class PublicChange(models.Model):
    """A row whose change readers see, until the log says whom it concerns (claims/sync/settle.py).

    Who notes one waits for whoever is just committing another: so they become visible in the order
    of their ids.
    """

    class Kind(models.TextChoices):
        """What the row is of; ``everything`` is every row of all."""

        CLAIM = "claim", _("claim")
        SPEAKER = "speaker", _("speaker")
        VERIFICATION = "verification", _("verification")
        EVIDENCE = "evidence", _("evidence")
        DEVELOPMENT = "development", _("development")
        FORECAST = "forecast", _("forecast")
        CORRECTION = "correction", _("correction")
        RATING = "rating", _("rating")
        SCALE = "scale", _("rating scale")
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
        indexes = [
            # Was this row noted, and not told yet?
            models.Index(fields=["kind", "row"], name="public_change_of_row"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"
