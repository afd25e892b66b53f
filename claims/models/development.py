from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.proposal import Proposal, ProposalQuerySet
from claims.ranges import by_range
from sources.fields import PartialDateField, PublicIdField
from sources.history import tracked
from sources.models import Document
from sources.search import SearchQuerySet, in_any


class DevelopmentQuerySet(ProposalQuerySet, SearchQuerySet):
    def accepted(self):
        """What the public may see of them, the latest event first.

        One that rests on a later claim is shown where that claim is.
        """
        # In a place where it is asked of one row at a time: no list of all claims is made.
        later = Claim.objects.published().filter(pk=OuterRef("claim")).values("pk")[:1]
        shown = Q(document__isnull=False) | Q(later__isnull=False)
        accepted = self.alias(later=Subquery(later)).filter(shown, status=Proposal.Status.ACCEPTED)
        return accepted.order_by("-occurred_on", "-id")

    def with_effects(self):
        """With its source, and ``accepted_effects``: those on claims the public may see."""
        effects = Effect.objects.accepted().filter(claim__in=Claim.objects.published())
        return self.select_related("document__publisher", "claim__speaker").prefetch_related(
            Prefetch("effects", effects.select_related("claim__speaker"), "accepted_effects")
        )


@tracked
class Development(Proposal):
    """Something later that bears on claims: an outside event with its own source, or a later
    claim."""

    public_id = PublicIdField()
    occurred_on = PartialDateField(_("occurred on"))
    title = models.CharField(_("title"), max_length=300)
    account = models.TextField(_("account"), help_text=_("What happened, in our own words."))
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        related_name="developments",
        null=True,
        blank=True,
        verbose_name=_("source document"),
    )
    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        related_name="developments_made",
        null=True,
        blank=True,
        verbose_name=_("later claim"),
        help_text=_("Where what happened is that somebody said something."),
    )
    claims = models.ManyToManyField(
        Claim, through="Effect", related_name="developments", verbose_name=_("claims")
    )

    objects = DevelopmentQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = _("development")
        verbose_name_plural = _("developments")
        ordering = ["-occurred_on", "-id"]
        permissions = [("decide_development", "Can decide on developments and their effects")]
        constraints = [
            *Proposal.Meta.constraints,
            # A development rests on a document or on a later claim.
            models.CheckConstraint(
                condition=Q(document__isnull=False, claim__isnull=True)
                | Q(document__isnull=True, claim__isnull=False),
                name="development_has_one_source",
                violation_error_message=_("Name its source: a document, or a later claim."),
            ),
            # A development is told.
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(account=""), name="development_is_told"
            ),
        ]
        indexes = [
            # What is proposed and waits for a decision?
            models.Index(
                fields=["id"], condition=Q(status="proposed"), name="development_proposed"
            ),
            # What happened last?
            models.Index(
                fields=["-occurred_on", "-id"],
                condition=Q(status="accepted"),
                name="development_latest",
            ),
            # What was let in last, in all or of this range?
            models.Index(
                fields=["-decided_at", "-id"],
                condition=Q(status="accepted"),
                name="development_let_in",
            ),
            by_range(
                "id", "decided_at", condition=Q(status="accepted"), name="development_by_range"
            ),
            # What happened last, whatever was decided, or of this status?
            models.Index(fields=["-occurred_on", "-id"], name="development_by_day"),
            models.Index(fields=["status", "-occurred_on", "-id"], name="development_by_status"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("development", args=[self.public_id])


class EffectQuerySet(ProposalQuerySet):
    def not_refused(self):
        """Accepted or proposed ones with their developments, the latest event first."""
        return (
            self.exclude(status=Proposal.Status.REFUSED)
            .exclude(development__status=Proposal.Status.REFUSED)
            .select_related("development__document__publisher", "development__claim__speaker")
            .order_by("-development__occurred_on", "-id")
        )

    def search(self, text: str):
        """By their developments and claims."""
        return in_any(
            self,
            development=Development.objects.latest_found(text),
            claim=Claim.objects.latest_found(text),
        )

    def accepted(self):
        """Accepted ones of developments the public may see, the latest event first."""
        developments = Development.objects.accepted().order_by()
        return self.filter(status=Proposal.Status.ACCEPTED, development__in=developments).order_by(
            "-development__occurred_on", "-id"
        )


@tracked
class Effect(Proposal):
    """What a development does to one claim."""

    class Kind(models.TextChoices):
        """Our own list: the follow-through of claims."""

        CONFIRMS = "confirms", _("confirms")
        CONTRADICTS = "contradicts", _("contradicts")
        FULFILS = "fulfils", _("fulfils")
        PARTLY_FULFILS = "partly_fulfils", _("partly fulfils")
        BREAKS = "breaks", _("breaks")
        OVERTAKES = "overtakes", _("overtakes")
        CLARIFIES = "clarifies", _("clarifies")
        RETRACTS = "retracts", _("retracts")
        CONTEXT = "context", _("gives context to")

        @classmethod
        def settling(cls) -> list["Effect.Kind"]:
            """Those after which it may be time to say how a forecast came out."""
            return [kind for kind in cls if kind not in (cls.CLARIFIES, cls.CONTEXT)]

    development = models.ForeignKey(
        Development, models.CASCADE, related_name="effects", verbose_name=_("development")
    )
    claim = models.ForeignKey(
        Claim, models.PROTECT, related_name="effects", verbose_name=_("claim")
    )
    kind = models.CharField(_("effect"), max_length=20, choices=Kind)
    note = models.TextField(_("note"), blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = _("effect")
        verbose_name_plural = _("effects")
        ordering = ["id"]
        constraints = [
            *Proposal.Meta.constraints,
            # A development bears on a claim in one way.
            models.UniqueConstraint(fields=["development", "claim"], name="effect_once"),
        ]
        indexes = [
            # What is proposed and waits for a decision?
            models.Index(fields=["id"], condition=Q(status="proposed"), name="effect_proposed"),
            # What was proposed last, of this status, of this kind?
            models.Index(fields=["status", "-id"], name="effect_by_status"),
            models.Index(fields=["kind", "-id"], name="effect_by_kind"),
            # Which developments moved claims last?
            models.Index(
                fields=["-decided_at", "-development"],
                condition=Q(status="accepted") & ~Q(kind__in=["clarifies", "context"]),
                name="effect_moving",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.development} {self.get_kind_display()} {self.claim}"
