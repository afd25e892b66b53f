import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.snapshot import Snapshot


class Sentence(models.Model):
    """A span of a snapshot: ``text == snapshot.text[start:end]``.

    Offsets are code points, end-exclusive. ``position`` counts the sentences of a snapshot from 0.
    """

    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="sentences", verbose_name=_("snapshot")
    )
    position = models.PositiveIntegerField(_("position"))
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("sentence")
        verbose_name_plural = _("sentences")
        ordering = ["snapshot", "position"]
        constraints = [
            # Sentences of a snapshot are counted without a double; also: what stands next to it?
            models.UniqueConstraint(fields=["snapshot", "position"], name="sentence_position_once"),
            # A sentence has at least one character.
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="sentence_not_empty"),
        ]
        triggers = [
            # It quotes an immutable text, so it is immutable too.
            pgtrigger.ReadOnly(
                name="sentence_is_immutable",
                fields=["snapshot", "position", "start", "end", "text"],
            ),
        ]

    def __str__(self) -> str:
        return self.text
