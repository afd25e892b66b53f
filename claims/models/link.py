from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.proposal import Proposal, ProposalQuerySet
from sources.history import tracked
from sources.search import in_any


class LinkQuerySet(ProposalQuerySet):
    def search(self, text: str):
        """By the claims at both ends."""
        claims = Claim.objects.latest_found(text)
        return in_any(self, claim=claims, earlier=claims)

    def published(self):
        """What the public may see of them: accepted, between two published claims."""
        claims = Claim.objects.published()
        return self.filter(status=Proposal.Status.ACCEPTED, claim__in=claims, earlier__in=claims)


@tracked
class Link(Proposal):
    """What a claim does to an earlier one: says it again, contradicts it or updates it."""

    class Kind(models.TextChoices):
        """Our own list. A repeat may be the same speaker's or another's."""

        REPEATS = "repeats", _("repeats")
        CONTRADICTS = "contradicts", _("contradicts")
        UPDATES = "updates", _("updates")

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="links", verbose_name=_("claim"))
    kind = models.CharField(_("link"), max_length=12, choices=Kind)
    earlier = models.ForeignKey(
        Claim, models.PROTECT, related_name="links_from_later", verbose_name=_("earlier claim")
    )
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why they belong together."))

    objects = LinkQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = _("link between claims")
        verbose_name_plural = _("links between claims")
        constraints = [
            *Proposal.Meta.constraints,
            # Two claims are linked in one way once, whichever is named first: a refusal is
            # remembered.
            models.UniqueConstraint(
                Least("claim", "earlier"),
                Greatest("claim", "earlier"),
                "kind",
                name="link_once",
                violation_error_message=_("These two claims are linked so, or were refused to be."),
            ),
            # A claim is not linked with itself.
            models.CheckConstraint(
                condition=~Q(claim=F("earlier")),
                name="link_with_another",
                violation_error_message=_("A claim is not linked with itself."),
            ),
        ]
        indexes = [
            # What is proposed and waits for a decision?
            models.Index(fields=["id"], condition=Q(status="proposed"), name="link_proposed"),
            # What was proposed last, of this status, of this kind?
            models.Index(fields=["status", "-id"], name="link_by_status"),
            models.Index(fields=["kind", "-id"], name="link_by_kind"),
            # What said this claim again, contradicted or updated it, the latest recorded first?
            models.Index(
                fields=["earlier", "kind", "-id"],
                condition=Q(status="accepted"),
                name="link_to_earlier",
            ),
            # And what does this one to earlier ones?
            models.Index(
                fields=["claim", "kind", "-id"],
                condition=Q(status="accepted"),
                name="link_of_claim",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} {self.get_kind_display()} {self.earlier}"

    @property
    def same_speaker(self) -> bool:
        """False where documents speak, each in its own voice."""
        speaker = self.claim.speaker_id
        return speaker is not None and speaker == self.earlier.speaker_id
