from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.rating import Rating
from claims.ranges import by_range
from sources.fields import PublicIdField
from sources.history import RecordClock, tracked
from sources.search import RANKED, SearchQuerySet, in_any


class VerificationQuerySet(SearchQuerySet):
    def search(self, text: str):
        """By what they say and by their claims."""
        said = super().search(text).order_by("-pk").values("pk")[:RANKED]
        return in_any(self, pk=said, coverage__claim=Claim.objects.latest_found(text))

    def open(self):
        """Those still being written or read by a second editor."""
        return self.exclude(status=Verification.Status.PUBLISHED)

    def published(self):
        """What the public may see of them, every version, the latest first."""
        return self.filter(status=Verification.Status.PUBLISHED).order_by("-published_at", "-id")

    def latest_versions(self):
        """Of the published ones, those no published one supersedes: one a claim, at most."""
        later = Verification.objects.published().filter(predecessor=OuterRef("pk"))
        return self.published().filter(~Exists(later))

    def in_force(self):
        """Of the latest versions, those that were not withdrawn."""
        return self.latest_versions().filter(withdrawal__isnull=True)

    def with_first_claims(self):
        """With ``first_claims``: the ids of the first two that the public may see, or fewer."""
        covered = Coverage.objects.filter(
            verification=OuterRef("pk"), claim__in=Claim.objects.published()
        )
        first = covered.order_by("claim_id").values("claim")[:2]
        return self.annotate(first_claims=ArraySubquery(first))

    def due_for_review(self, day):
        """Current findings to be looked at again by ``day``, with that date as ``look_again_on``,
        the longest due first. Whoever finds that one still holds puts it off (Recheck)."""
        put_off = Recheck.objects.filter(verification=OuterRef("pk"))
        due = self.latest_versions().filter(withdrawal__isnull=True, review_by__lte=day)
        return (
            due.filter(~Exists(put_off.filter(review_by__gt=day)))
            .annotate(
                look_again_on=Coalesce(
                    Subquery(put_off.order_by("-review_by").values("review_by")[:1]), "review_by"
                )
            )
            .order_by("look_again_on", "id")
        )


@tracked
class Verification(models.Model):
    """An editor's finding on one or more claims: rating, explanation, evidence.

    Written as a draft, read by a second editor, published. A draft may lack anything: it begins
    with its claims and is saved while it is written. What is published never changes: a change is
    a successor, whose ``predecessor`` it then is, and every version keeps its address.
    Superseded and withdrawn are not states of the row but follow from what came after it.
    """

    class Status(models.TextChoices):
        """Our own: a verification is written, read by a second editor, then published."""

        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")

    public_id = PublicIdField()
    claims = models.ManyToManyField(
        Claim, through="Coverage", related_name="verifications", verbose_name=_("claims")
    )
    rating = models.ForeignKey(
        Rating,
        models.PROTECT,
        related_name="verifications",
        null=True,
        blank=True,
        verbose_name=_("rating"),
    )
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("The finding in one sentence.")
    )
    explanation = models.TextField(_("explanation"), blank=True)
    review_by = models.DateField(
        _("review by"), null=True, blank=True, help_text=_("When it is to be looked at again.")
    )
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="successors",
        null=True,
        blank=True,
        verbose_name=_("supersedes"),
    )
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
        permissions = [
            ("publish_verification", "Can approve and publish verifications"),
            ("withdraw_verification", "Can withdraw published verifications"),
        ]
        constraints = [
            # A published verification says when, and who read it before.
            models.CheckConstraint(
                condition=(
                    ~Q(status="published") & Q(published_at__isnull=True, approved_by__isnull=True)
                )
                | Q(status="published", published_at__isnull=False, approved_by__isnull=False),
                name="verification_published_by_somebody",
            ),
            # Nobody approves their own verification.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("author")),
                name="verification_approved_by_another",
            ),
            # What a second editor is asked to read, and what is published, is rated.
            models.CheckConstraint(
                condition=Q(status="draft") | Q(rating__isnull=False), name="verification_is_rated"
            ),
            # It says its finding in one sentence.
            models.CheckConstraint(
                condition=Q(status="draft") | ~Q(summary=""), name="verification_has_a_summary"
            ),
            # And how it was come to.
            models.CheckConstraint(
                condition=Q(status="draft") | ~Q(explanation=""), name="verification_is_explained"
            ),
            # A published verification is superseded by one other.
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=Q(status="published"),
                name="verification_superseded_once",
            ),
        ]
        indexes = [
            # What was published last?
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(status="published"),
                name="verification_latest",
            ),
            # What was published last with this rating?
            models.Index(
                fields=["rating", "-published_at", "-id"],
                condition=Q(status="published"),
                name="verification_latest_rated",
            ),
            # What was published last of this range?
            by_range(
                "id",
                "published_at",
                condition=Q(status="published"),
                name="verification_by_range",
            ),
            # What is being written, by whom, and what waits for a second editor?
            models.Index(
                fields=["status", "author"],
                condition=~Q(status="published"),
                name="verification_open",
            ),
            # What is being checked, the latest begun first?
            models.Index(
                fields=["-id"], condition=~Q(status="published"), name="verification_being_written"
            ),
            # What was published in this period, the latest first?
            models.Index(
                F("published_at").desc(nulls_last=True), F("id").desc(), name="verification_by_day"
            ),
            # What was written last, of this status, with this rating, by this author?
            models.Index(fields=["status", "-id"], name="verification_by_status"),
            models.Index(fields=["rating", "-id"], name="verification_by_rating"),
            models.Index(fields=["author", "-id"], name="verification_by_author"),
            # What is to be looked at again?
            models.Index(
                fields=["review_by"],
                condition=Q(status="published", review_by__isnull=False),
                name="verification_due",
            ),
        ]

    def __str__(self) -> str:
        return self.summary or gettext("Verification without a summary")

    def get_absolute_url(self) -> str:
        return reverse("verification", args=[self.public_id])

    def versions(self) -> "list[Verification]":
        """Every published version of this finding, the latest first."""
        # A successor covers all that it supersedes does: versions share their claims.
        covering = Coverage.objects.filter(claim__in=self.claims.all()).values("verification")
        published = Verification.objects.published().filter(pk__in=covering)
        found = list(published.select_related("rating", "withdrawal"))
        by_id = {version.pk: version for version in found}
        after = {version.predecessor_id: version for version in found}
        oldest = by_id[self.pk]
        while earlier := by_id.get(oldest.predecessor_id):
            oldest = earlier
        versions = [oldest]
        while later := after.get(versions[-1].pk):
            versions.append(later)
        return versions[::-1]

    @property
    def recheck(self) -> "Recheck | None":
        """The one that says until when it holds, if it was looked at again."""
        return max(self.rechecks.all(), key=lambda recheck: recheck.review_by, default=None)

    @property
    def successor(self) -> "Verification | None":
        """The published version that took its place."""
        published = Verification.Status.PUBLISHED
        return next((v for v in self.successors.all() if v.status == published), None)


@tracked
class Coverage(models.Model):
    """A verification is about a claim."""

    verification = models.ForeignKey(
        Verification, models.CASCADE, related_name="coverage", verbose_name=_("verification")
    )
    claim = models.ForeignKey(
        Claim, models.PROTECT, related_name="coverage", verbose_name=_("claim")
    )

    class Meta:
        verbose_name = _("verified claim")
        verbose_name_plural = _("verified claims")
        # What was the table of a plain many-to-many field.
        db_table = "claims_verification_claims"
        constraints = [
            # A verification names a claim once.
            models.UniqueConstraint(fields=["verification", "claim"], name="coverage_once"),
        ]

    def __str__(self) -> str:
        return str(self.claim)


@tracked
class Withdrawal(models.Model):
    """A published verification no longer stands, and says why; its page remains."""

    verification = models.OneToOneField(
        Verification, models.CASCADE, related_name="withdrawal", verbose_name=_("verification")
    )
    reason = models.TextField(_("reason"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), db_default=RecordClock())

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [
            # Readers are told why.
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_reason"),
        ]
        indexes = [
            # What was withdrawn last?
            models.Index(fields=["-withdrawn_at", "-id"], name="withdrawal_latest"),
        ]

    def __str__(self) -> str:
        return self.reason


@tracked
class Recheck(models.Model):
    """A published verification was looked at again and still holds: when to do so the next time.

    What is published never changes, so its new date stands here; the latest one counts.
    """

    verification = models.ForeignKey(
        Verification, models.CASCADE, related_name="rechecks", verbose_name=_("verification")
    )
    review_by = models.DateField(_("review by"), help_text=_("When it is to be looked at again."))
    note = models.TextField(_("note"), help_text=_("What was looked at, and what it says today."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), db_default=RecordClock())

    class Meta:
        verbose_name = _("recheck")
        verbose_name_plural = _("rechecks")
        ordering = ["-made_at"]
        constraints = [
            # It says what was looked at.
            models.CheckConstraint(condition=~Q(note=""), name="recheck_has_a_note"),
        ]

    def __str__(self) -> str:
        return self.note
