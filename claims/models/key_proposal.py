from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.api_key import ApiKey
from claims.models.claim import Claim
from claims.models.development import Development
from claims.models.proposal import Proposal
from claims.models.proposed_evidence import ProposedEvidence
from sources.fields import PublicIdField
from sources.history import RecordClock

STATUS_OF_CLAIM = {
    Claim.Status.CANDIDATE: Proposal.Status.PROPOSED,
    Claim.Status.ACCEPTED: Proposal.Status.ACCEPTED,
    Claim.Status.REJECTED: Proposal.Status.REFUSED,
    Claim.Status.MERGED: Proposal.Status.ACCEPTED,
}


class KeyProposal(models.Model):
    """What came by a key of the API for an editor to decide on: a candidate, a piece of evidence or
    a development. Whoever sent it follows it by its public id.

    ``digest`` is the SHA-256 of what was sent: the same again is this one.
    """

    class Kind(models.TextChoices):
        """Our own: what a key may propose."""

        CLAIM = "claim", _("claim")
        EVIDENCE = "evidence", _("evidence")
        DEVELOPMENT = "development", _("development")

    public_id = PublicIdField()
    key = models.ForeignKey(
        ApiKey, models.PROTECT, related_name="proposals", db_index=False, verbose_name=_("API key")
    )
    digest = models.CharField(_("SHA-256"), max_length=64)
    made_at = models.DateTimeField(_("made at"), db_default=RecordClock())
    claim = models.OneToOneField(
        Claim, models.CASCADE, related_name="key_proposal", null=True, verbose_name=_("claim")
    )
    evidence = models.OneToOneField(
        ProposedEvidence,
        models.CASCADE,
        related_name="key_proposal",
        null=True,
        verbose_name=_("proposed piece of evidence"),
    )
    development = models.OneToOneField(
        Development,
        models.CASCADE,
        related_name="key_proposal",
        null=True,
        verbose_name=_("development"),
    )

    class Meta:
        verbose_name = _("proposal by an API key")
        verbose_name_plural = _("proposals by API keys")
        default_permissions = ()
        constraints = [
            # What is sent twice with one key is one proposal.
            models.UniqueConstraint(fields=["key", "digest"], name="keyproposal_once"),
            # It proposes one thing.
            models.CheckConstraint(
                condition=Q(claim__isnull=False, evidence__isnull=True, development__isnull=True)
                | Q(claim__isnull=True, evidence__isnull=False, development__isnull=True)
                | Q(claim__isnull=True, evidence__isnull=True, development__isnull=False),
                name="keyproposal_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposed)

    @property
    def kind(self) -> str:
        """One of Kind."""
        return next(kind for kind in self.Kind if getattr(self, f"{kind}_id"))

    @property
    def proposed(self) -> Claim | ProposedEvidence | Development:
        """The row an editor decides on."""
        return getattr(self, self.kind)

    @property
    def status(self) -> str:
        """A Proposal.Status; what became part of another claim was accepted."""
        status = self.proposed.status
        return STATUS_OF_CLAIM[status] if self.claim else status
