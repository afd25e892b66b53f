from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim


class LinkSearch(models.Model):
    """Whether it was looked what a claim repeats, contradicts or updates.

    Noted by triggers when the claim, or what is decided of its links, changes
    (claims/sql/link_search.sql); looked at in the background. It is nobody's words, so it has no
    history.
    """

    claim = models.OneToOneField(
        Claim, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("claim")
    )
    pending = models.BooleanField(_("pending"), default=True)
    noted_at = models.DateTimeField(_("noted at"), db_default=Now())

    class Meta:
        verbose_name = _("search for links")
        verbose_name_plural = _("searches for links")
        default_permissions = ()
        indexes = [
            # Which claim is to be looked at next? The latest: news is not kept waiting.
            models.Index(fields=["-claim"], condition=Q(pending=True), name="link_search_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} · {self.pending}"
