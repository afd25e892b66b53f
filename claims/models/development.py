from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from sources.fields import PartialDateField, PublicIdField
from sources.models import Document


class DevelopmentQuerySet(models.QuerySet):
    def accepted(self):
        """What the public may see of them, the latest event first."""
        return self.filter(status=Development.Status.ACCEPTED).order_by("-occurred_on", "-id")


class Development(models.Model):
    """Something later that bears on claims: an outside event with its own source."""

    class Status(models.TextChoices):
        """Our own: a machine may propose, an editor accepts."""

        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")

    public_id = PublicIdField()
    occurred_on = PartialDateField(_("occurred on"))
    title = models.CharField(_("title"), max_length=300)
    account = models.TextField(_("account"), help_text=_("What happened, in our own words."))
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="developments", verbose_name=_("source document")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PROPOSED, editable=False
    )
    claims = models.ManyToManyField(
        Claim, through="Effect", related_name="developments", verbose_name=_("claims")
    )

    objects = DevelopmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("development")
        verbose_name_plural = _("developments")
        ordering = ["-occurred_on", "-id"]
        constraints = [
            # A development is told.
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(account=""), name="development_is_told"
            ),
        ]
        indexes = [
            # What happened last?
            models.Index(
                fields=["-occurred_on", "-id"],
                condition=Q(status="accepted"),
                name="development_latest",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EffectQuerySet(models.QuerySet):
    def accepted(self):
        """Those of accepted developments, the latest event first."""
        return self.filter(development__status=Development.Status.ACCEPTED).order_by(
            "-development__occurred_on", "-id"
        )


class Effect(models.Model):
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

    development = models.ForeignKey(
        Development, models.CASCADE, related_name="effects", verbose_name=_("development")
    )
    claim = models.ForeignKey(
        Claim, models.PROTECT, related_name="effects", verbose_name=_("claim")
    )
    kind = models.CharField(_("effect"), max_length=20, choices=Kind)
    note = models.TextField(_("note"), blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("effect")
        verbose_name_plural = _("effects")
        ordering = ["id"]
        constraints = [
            # A development bears on a claim in one way.
            models.UniqueConstraint(fields=["development", "claim"], name="effect_once"),
        ]

    def __str__(self) -> str:
        return f"{self.development} {self.get_kind_display()} {self.claim}"
