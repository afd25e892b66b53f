from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ProposalQuerySet(models.QuerySet):
    def proposed(self):
        """Those an editor has yet to decide on."""
        return self.filter(status=Proposal.Status.PROPOSED)


class Proposal(models.Model):
    """What a machine or a colleague may propose and an editor decides on.

    A refusal is kept, so that the same is not proposed again.
    """

    class Status(models.TextChoices):
        """Our own: importers propose, people decide."""

        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PROPOSED, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            # Nothing is accepted or refused but by somebody, at some time.
            models.CheckConstraint(
                condition=Q(status="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(status="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="%(class)s_decided_by_somebody",
            ),
        ]
