from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim

LASTS = timedelta(minutes=10)


class HoldQuerySet(models.QuerySet):
    def standing(self):
        """Those that have not run out, by the clock of the database."""
        return self.filter(until__gt=Now())


class Hold(models.Model):
    """An editor has a candidate before them: nobody else is given it until it runs out.

    Renewed while they are at it; gone when they leave it or decide on it. It is nobody's words,
    so it has no history.
    """

    claim = models.OneToOneField(
        Claim, models.CASCADE, primary_key=True, related_name="hold", verbose_name=_("claim")
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("editor")
    )
    until = models.DateTimeField(_("until"))

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        permissions = [("take_over_hold", "Can take over what another editor is at")]

    def __str__(self) -> str:
        return f"{self.claim_id} · {self.editor_id}"
