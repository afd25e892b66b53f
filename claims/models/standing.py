from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.development import Effect
from claims.models.verification import Verification


class Standing(models.Model):
    """Where a claim stands: derived by the view claims/sql/standing.sql, never written.

    ``basis`` says what it follows from, and ``value`` is then: the rating's value (verification),
    the forecast's outcome (outcome), what the latest development did (development); withdrawn,
    open, due or unverified otherwise. ``through`` is the claim it repeats whose verification stands
    for it.
    """

    class Basis(models.TextChoices):
        """What may decide where a claim stands, the strongest first (docs/decisions/0009)."""

        OUTCOME = "outcome", _("outcome")
        DEVELOPMENT = "development", _("development")
        VERIFICATION = "verification", _("verification")
        WITHDRAWAL = "withdrawal", _("withdrawal")
        FORECAST = "forecast", _("forecast")
        NONE = "none", _("nothing yet")

    class Value(models.TextChoices):
        """Those that are neither a rating nor an outcome."""

        CONFIRMS = "confirmed", _("confirmed")
        CONTRADICTS = "contradicted", _("contradicted")
        FULFILS = "fulfilled", _("fulfilled")
        PARTLY_FULFILS = "partly_fulfilled", _("partly fulfilled")
        BREAKS = "broken", _("broken")
        OVERTAKES = "overtaken", _("overtaken")
        RETRACTS = "retracted", _("retracted")
        WITHDRAWN = "withdrawn", _("verification withdrawn")
        OPEN = "open", _("open")
        DUE = "due", _("due")
        UNVERIFIED = "unverified", _("not verified yet")

    claim = models.OneToOneField(
        Claim, models.DO_NOTHING, primary_key=True, related_name="standing"
    )
    basis = models.CharField(max_length=12, choices=Basis)
    value = models.CharField(max_length=50)
    verification = models.ForeignKey(Verification, models.DO_NOTHING, null=True, related_name="+")
    effect = models.ForeignKey(Effect, models.DO_NOTHING, null=True, related_name="+")
    through = models.ForeignKey(Claim, models.DO_NOTHING, null=True, related_name="+")

    class Meta:
        managed = False
        db_table = "claims_standing"

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self) -> str:
        """In the language of the interface."""
        from claims.models.forecast import Forecast

        if self.basis == self.Basis.VERIFICATION:
            return self.verification.rating.label
        labels = dict(Forecast.Outcome.choices if self.basis == self.Basis.OUTCOME else [])
        return labels.get(self.value) or dict(self.Value.choices)[self.value]
