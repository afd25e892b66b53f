from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.development import Development
from claims.models.verification import Verification
from claims.ranges import by_range
from sources.history import RecordClock, tracked
from sources.search import SearchQuerySet


class CorrectionQuerySet(SearchQuerySet):
    def published(self):
        """The register: all of them, whatever became since of what they concern, the latest
        first."""
        return self.order_by("-made_at", "-id")

    def with_subject(self):
        """With what each concerns."""
        return self.select_related("claim", "verification", "development__claim")


@tracked
class Correction(models.Model):
    """A typed, dated, public note on something published, never changed itself."""

    class Kind(models.TextChoices):
        """After the corrections policy the IFCN code of principles asks for."""

        ERROR = "error", _("error")
        UPDATE = "update", _("update")
        CLARIFICATION = "clarification", _("clarification")
        RIGHT_OF_REPLY = "right_of_reply", _("right of reply")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    note = models.TextField(_("note"))
    before = models.TextField(_("before"), blank=True, help_text=_("What it said."))
    after = models.TextField(_("after"), blank=True, help_text=_("What it says now."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), db_default=RecordClock(), editable=False)
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

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at", "-id"]
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
            # An error that was put right shows what it said and what it says.
            models.CheckConstraint(
                condition=~Q(kind="error") | (~Q(before="") & ~Q(after="")),
                name="correction_of_an_error_shows_both",
                violation_error_message=_("Show what it said and what it says now."),
            ),
        ]
        indexes = [
            # What was corrected last, in all or of this kind?
            models.Index(fields=["-made_at", "-id"], name="correction_latest"),
            models.Index(fields=["kind", "-made_at", "-id"], name="correction_by_kind"),
            # What was corrected last of the claims, verifications, developments of this range?
            *(
                by_range(
                    f"{subject}_id",
                    "made_at",
                    condition=Q((f"{subject}__isnull", False)),
                    name=f"correction_range_{subject}",
                )
                for subject in ("claim", "verification", "development")
            ),
        ]

    def __str__(self) -> str:
        return self.note

    def get_absolute_url(self) -> str:
        return reverse("correction", args=[self.pk])

    @property
    def subject(self) -> "Claim | Verification | Development":
        """What it concerns."""
        return self.claim or self.verification or self.development

    @property
    def subject_is_public(self) -> bool:
        """Whether what it concerns can still be read; of a merged claim, where it leads."""
        if self.development:
            accepted = self.development.status == Development.Status.ACCEPTED
            return accepted and _is_read(self.development.claim)
        return _is_read(self.claim)


def _is_read(claim: Claim | None) -> bool:
    from claims.merged import kept

    if claim and claim.status == Claim.Status.MERGED:
        return kept(Claim, claim.public_id) is not None
    return claim is None or claim.status == Claim.Status.ACCEPTED
