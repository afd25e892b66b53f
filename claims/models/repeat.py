from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim


class Repeat(models.Model):
    """A claim that says again what an earlier one said: the same speaker again, or another."""

    claim = models.ForeignKey(
        Claim, models.CASCADE, related_name="repeats", verbose_name=_("earlier claim")
    )
    again = models.ForeignKey(
        Claim, models.CASCADE, related_name="repeat_of", verbose_name=_("claim that says it again")
    )

    class Meta:
        verbose_name = _("repeat")
        verbose_name_plural = _("repeats")
        constraints = [
            # Two claims are linked once.
            models.UniqueConstraint(fields=["claim", "again"], name="repeat_once"),
            # A claim does not repeat itself.
            models.CheckConstraint(condition=~Q(claim=F("again")), name="repeat_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.again} = {self.claim}"
