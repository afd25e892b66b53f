from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.rating import Rating
from sources.fields import PublicIdField


class VerificationQuerySet(models.QuerySet):
    def drafts(self):
        """Those still being written."""
        return self.filter(status=Verification.Status.DRAFT)

    def published(self):
        """What the public may see of them, the latest first."""
        return self.filter(status=Verification.Status.PUBLISHED).order_by("-published_at", "-id")


class Verification(models.Model):
    """An editor's finding on one or more claims: rating, explanation, evidence."""

    class Status(models.TextChoices):
        """Our own: a verification is written, then published."""

        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    public_id = PublicIdField()
    claims = models.ManyToManyField(Claim, related_name="verifications", verbose_name=_("claims"))
    rating = models.ForeignKey(
        Rating, models.PROTECT, related_name="verifications", verbose_name=_("rating")
    )
    summary = models.CharField(
        _("summary"), max_length=300, help_text=_("The finding in one sentence.")
    )
    explanation = models.TextField(_("explanation"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="verifications_written",
        editable=False,
        verbose_name=_("author"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="verifications_approved",
        null=True,
        editable=False,
        verbose_name=_("approved by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-id"]
        constraints = [
            # A published verification says when, and who read it before.
            models.CheckConstraint(
                condition=Q(status="draft", published_at__isnull=True, approved_by__isnull=True)
                | Q(status="published", published_at__isnull=False, approved_by__isnull=False),
                name="verification_published_by_somebody",
            ),
            # Nobody approves their own verification.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("author")),
                name="verification_approved_by_another",
            ),
            # A finding is worded.
            models.CheckConstraint(
                condition=~Q(summary="") & ~Q(explanation=""), name="verification_is_worded"
            ),
        ]
        indexes = [
            # What was published last?
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(status="published"),
                name="verification_latest",
            ),
        ]

    def __str__(self) -> str:
        return self.summary
