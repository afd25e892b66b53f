from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.speaker import Speaker
from sources.history import RecordClock, tracked
from sources.search import in_any


class MergeQuerySet(models.QuerySet):
    def search(self, text: str):
        """By what was merged and what was kept."""
        found = self.model._meta.get_field("kept").related_model.objects.latest_found(text)
        return in_any(self, merged=found, kept=found)

    def standing(self):
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)


class Merge(models.Model):
    """Two rows were one and the same: ``merged`` redirects to ``kept`` for ever, or until undone.

    ``act`` names the history context of the merge: everything it changed, and so how to undo it.
    """

    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), db_default=RecordClock())
    act = models.UUIDField(_("act"), editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("undone by"),
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            # A row is merged into one other.
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="%(class)s_once"
            ),
            # A row is not merged into itself.
            models.CheckConstraint(
                condition=~Q(merged=F("kept")),
                name="%(class)s_into_another",
                violation_error_message=_("Choose another one: it cannot be merged into itself."),
            ),
            # A merge has a reason.
            models.CheckConstraint(condition=~Q(reason=""), name="%(class)s_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"


@tracked
class SpeakerMerge(Merge):
    merged = models.ForeignKey(
        Speaker, models.PROTECT, related_name="merges", verbose_name=_("merged speaker")
    )
    kept = models.ForeignKey(
        Speaker, models.PROTECT, related_name="absorbed", verbose_name=_("kept speaker")
    )

    class Meta(Merge.Meta):
        verbose_name = _("merge of speakers")
        verbose_name_plural = _("merges of speakers")


@tracked
class ClaimMerge(Merge):
    merged = models.ForeignKey(
        Claim, models.PROTECT, related_name="merges", verbose_name=_("merged claim")
    )
    kept = models.ForeignKey(
        Claim, models.PROTECT, related_name="absorbed", verbose_name=_("kept claim")
    )

    class Meta(Merge.Meta):
        verbose_name = _("merge of claims")
        verbose_name_plural = _("merges of claims")
