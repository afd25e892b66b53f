from django.contrib.postgres.fields import ArrayField, IntegerRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.reading import Reading
from sources.history import tracked
from sources.models import Sentence


@tracked
class Appearance(models.Model):
    """A further sentence, in another document, that reports the same utterance.

    ``content`` are the spans of its words there, as in Claim; ``reading`` found it, or nobody did:
    an editor entered it.
    """

    claim = models.ForeignKey(
        Claim, models.CASCADE, related_name="appearances", verbose_name=_("claim")
    )
    sentence = models.ForeignKey(
        Sentence, models.PROTECT, related_name="appearances", verbose_name=_("sentence")
    )
    content = ArrayField(
        IntegerRangeField(), verbose_name=_("content"), default=list, blank=True, editable=False
    )
    reading = models.ForeignKey(
        Reading,
        models.PROTECT,
        related_name="appearances",
        null=True,
        editable=False,
        verbose_name=_("reading that found it"),
    )

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        constraints = [
            # A sentence reports an utterance once.
            models.UniqueConstraint(fields=["claim", "sentence"], name="appearance_once"),
        ]
        indexes = [
            # Where was this claim reported too, the latest recorded first?
            models.Index(fields=["claim", "-id"], name="appearance_latest"),
        ]

    def __str__(self) -> str:
        return str(self.sentence)
