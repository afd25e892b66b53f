from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from sources.history import tracked
from sources.models import Sentence


@tracked
class Appearance(models.Model):
    """A further sentence, in another document, that reports the same utterance."""

    claim = models.ForeignKey(
        Claim, models.CASCADE, related_name="appearances", verbose_name=_("claim")
    )
    sentence = models.ForeignKey(
        Sentence, models.PROTECT, related_name="appearances", verbose_name=_("sentence")
    )

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        constraints = [
            # A sentence reports an utterance once.
            models.UniqueConstraint(fields=["claim", "sentence"], name="appearance_once"),
        ]

    def __str__(self) -> str:
        return str(self.sentence)
