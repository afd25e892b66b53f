from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.verification import Verification
from sources.models import Document


class Evidence(models.Model):
    """What a verification rests on: a document, the passage that matters and what it shows."""

    class Stance(models.TextChoices):
        """After the stances of the FEVER task: supports, refutes, and what only gives context."""

        SUPPORTS = "supports", _("supports the claim")
        REFUTES = "refutes", _("refutes the claim")
        CONTEXT = "context", _("context")

    verification = models.ForeignKey(
        Verification, models.CASCADE, related_name="evidence", verbose_name=_("verification")
    )
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="evidence", verbose_name=_("document")
    )
    stance = models.CharField(_("stance"), max_length=10, choices=Stance)
    primary = models.BooleanField(
        _("primary source"),
        default=False,
        help_text=_("First-hand: the act, the record, the data."),
    )
    passage = models.TextField(
        _("passage"), blank=True, help_text=_("A few words, quoted exactly.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What it shows."))

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering = ["id"]
        constraints = [
            # A piece of evidence says what it shows, in the source's words or in ours.
            models.CheckConstraint(
                condition=~Q(passage="") | ~Q(note=""),
                name="evidence_shows_something",
                violation_error_message=_("Quote a passage, or say what it shows."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)
