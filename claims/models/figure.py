from django.db import models
from django.utils.translation import gettext_lazy as _


class Figure(models.Model):
    """What was counted of the record, kept so that no page counts it: claims/figures.py.

    ``table`` is what its function there returned: no words but names, so it serves every language.
    Lost, it is counted again; so it has no history.
    """

    class Period(models.TextChoices):
        """What it is counted over, up to the day it is counted."""

        QUARTER = "quarter", _("three months")
        YEAR = "year", _("a year")
        ALL = "all", _("from the beginning")

    name = models.SlugField(_("name"))
    period = models.CharField(_("period"), max_length=10, choices=Period)
    table = models.JSONField(_("table"))
    counted_at = models.DateTimeField(_("counted at"))

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            # A figure is kept once for each period.
            models.UniqueConstraint(fields=["name", "period"], name="figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_period_display()}"
