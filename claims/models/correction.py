from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.development import Development
from claims.models.verification import Verification


class Correction(models.Model):
    """A typed, dated, public note on something published."""

    class Kind(models.TextChoices):
        """After the corrections policy the IFCN code of principles asks for."""

        ERROR = "error", _("error")
        UPDATE = "update", _("update")
        CLARIFICATION = "clarification", _("clarification")
        RIGHT_OF_REPLY = "right_of_reply", _("right of reply")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    note = models.TextField(_("note"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        related_name="corrections",
        null=True,
        blank=True,
        verbose_name=_("claim"),
    )
    verification = models.ForeignKey(
        Verification,
        models.PROTECT,
        related_name="corrections",
        null=True,
        blank=True,
        verbose_name=_("verification"),
    )
    development = models.ForeignKey(
        Development,
        models.PROTECT,
        related_name="corrections",
        null=True,
        blank=True,
        verbose_name=_("development"),
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at"]
        constraints = [
            # A correction concerns one published thing.
            models.CheckConstraint(
                condition=Q(
                    claim__isnull=False, verification__isnull=True, development__isnull=True
                )
                | Q(claim__isnull=True, verification__isnull=False, development__isnull=True)
                | Q(claim__isnull=True, verification__isnull=True, development__isnull=False),
                name="correction_concerns_one_thing",
                violation_error_message=_("A correction concerns one thing: choose just one."),
            ),
            # A correction says what was corrected.
            models.CheckConstraint(condition=~Q(note=""), name="correction_has_a_note"),
        ]

    def __str__(self) -> str:
        return self.note
