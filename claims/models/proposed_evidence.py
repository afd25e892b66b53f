from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.models.proposal import Proposal, ProposalQuerySet
from claims.models.verification import Verification
from sources.history import tracked
from sources.models import Document, Snapshot


class ProposedEvidenceQuerySet(ProposalQuerySet):
    def search(self, text: str):
        """By its claim and its source."""
        claims = Claim.objects.latest_found(text)
        return self.filter(
            Q(claim__in=claims) | Q(document__in=Document.objects.latest_found(text))
        )


@tracked
class ProposedEvidence(Proposal):
    """What a verification of a claim might rest on, proposed from outside.

    Accepted, it becomes a piece of evidence of a draft about the claim, ``cited_in``; the
    members are those of Evidence.
    """

    claim = models.ForeignKey(
        Claim, models.PROTECT, related_name="proposed_evidence", verbose_name=_("claim")
    )
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", verbose_name=_("document")
    )
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="+", null=True, verbose_name=_("snapshot")
    )
    start = models.PositiveIntegerField(_("start"), null=True)
    end = models.PositiveIntegerField(_("end"), null=True)
    stance = models.CharField(_("stance"), max_length=10, choices=Evidence.Stance)
    primary = models.BooleanField(_("primary source"), default=False)
    passage = models.TextField(_("passage"), blank=True)
    note = models.TextField(_("note"), blank=True)
    interest = models.TextField(_("interest"), blank=True)
    cited_in = models.ForeignKey(
        Verification,
        models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("cited in"),
    )

    objects = ProposedEvidenceQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = _("proposed piece of evidence")
        verbose_name_plural = _("proposed evidence")
        ordering = ["-id"]
        default_permissions = ("view", "change")
        constraints = [
            *Proposal.Meta.constraints,
            # It shows something.
            models.CheckConstraint(
                condition=~Q(passage="") | ~Q(note=""), name="proposedevidence_shows_something"
            ),
            # A place in a snapshot has a beginning and an end.
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(
                    snapshot__isnull=False,
                    start__isnull=False,
                    end__isnull=False,
                    end__gt=F("start"),
                ),
                name="proposedevidence_place_is_in_a_snapshot",
            ),
        ]
        indexes = [
            # What is proposed and waits for a decision?
            models.Index(
                fields=["id"], condition=Q(status="proposed"), name="proposedevidence_proposed"
            ),
            # What was proposed last, of this status?
            models.Index(fields=["status", "-id"], name="proposedevidence_by_status"),
        ]

    def __str__(self) -> str:
        return self.passage or self.note
