from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.speaker import Speaker


class Figure(models.Model):
    """What was counted of the record, or of one speaker, kept so that no page counts it.

    ``table`` is what claims/figures.py or claims/track.py counted: no words but names, so it serves
    every language. Lost, it is counted again; so it has no history.
    """

    class Period(models.TextChoices):
        """What it is counted over, up to the day it is counted."""

        QUARTER = "quarter", _("three months")
        YEAR = "year", _("a year")
        ALL = "all", _("from the beginning")

    name = models.SlugField(_("name"))
    period = models.CharField(_("period"), max_length=10, choices=Period)
    speaker = models.ForeignKey(
        Speaker,
        models.CASCADE,
        related_name="figures",
        null=True,
        editable=False,
        verbose_name=_("speaker"),
    )
    table = models.JSONField(_("table"))
    counted_at = models.DateTimeField(_("counted at"))

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            # A figure is kept once for each period, of the whole record or of a speaker.
            models.UniqueConstraint(
                fields=["name", "period", "speaker"], nulls_distinct=False, name="figure_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_period_display()}"
