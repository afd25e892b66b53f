from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models import Snapshot


class Reading(models.Model):
    """One pass of one version of the extractor over a snapshot."""

    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="readings", verbose_name=_("snapshot")
    )
    extractor = models.CharField(
        _("extractor"), max_length=200, help_text=_("Versions of the rules and of the pipeline.")
    )
    read_at = models.DateTimeField(_("read at"), auto_now_add=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-read_at"]
        constraints = [
            # A version reads a snapshot once: a second time finds the same.
            models.UniqueConstraint(fields=["snapshot", "extractor"], name="reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} · {self.extractor}"
