from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.development import Development
from sources.fields import PartialDateField
from sources.history import RecordClock, tracked
from sources.search import RANKED, SearchQuerySet, in_any


class ForecastQuerySet(SearchQuerySet):
    def search(self, text: str):
        """By their criteria and their claims."""
        written = super().search(text).order_by("-pk").values("pk")[:RANKED]
        return in_any(self, pk=written, claim=Claim.objects.latest_found(text))

    def due(self, day):
        """Without an outcome, their time come by ``day``, the longest due first."""
        return self.open().filter(due_on__end__lte=day)

    def due_between(self, day, until):
        """Without an outcome, their time to come after ``day`` and by ``until``, the next first."""
        return self.open().filter(due_on__end__gt=day, due_on__end__lte=until)

    def with_claim(self):
        """With its claim, and ``claim.what_happened``: what bears on it, accepted or proposed."""
        from claims.models.development import Effect

        return (
            self.select_related("claim__speaker", "claim__sentence__snapshot__document")
            .defer("claim__sentence__snapshot__text", "claim__sentence__snapshot__original")
            .prefetch_related(
                Prefetch("claim__effects", Effect.objects.not_refused(), to_attr="what_happened")
            )
        )

    def settled_by(self, development):
        """Those of claims that this development bears on, as it may be how they came out."""
        from claims.models.development import Effect

        effects = Effect.objects.not_refused().filter(
            development=development, kind__in=Effect.Kind.settling()
        )
        return self.filter(claim__in=effects.order_by().values("claim"))

    def after(self, forecast):
        """Those due later than that one, in the order of ``open``."""
        end = forecast.due_on.end
        return self.filter(Q(due_on__end=end, id__gt=forecast.pk) | Q(due_on__end__gt=end))

    def open(self):
        """Of claims the public may see, without an outcome, the longest due first."""
        open_ones = self.filter(outcome="", claim__in=Claim.objects.published())
        return open_ones.order_by("due_on__end", "id")


@tracked
class Forecast(models.Model):
    """When and by what a prediction or commitment will be judged, written before the outcome."""

    class Outcome(models.TextChoices):
        """The first three for predictions, the next four for commitments, then for both."""

        HAPPENED = "happened", _("happened")
        PARTLY = "partly", _("partly happened")
        DID_NOT_HAPPEN = "did_not_happen", _("did not happen")
        KEPT = "kept", _("kept")
        KEPT_LATE = "kept_late", _("kept late")
        PARTLY_KEPT = "partly_kept", _("partly kept")
        BROKEN = "broken", _("broken")
        OVERTAKEN = "overtaken", _("overtaken")
        UNRESOLVABLE = "unresolvable", _("unresolvable")

        @classmethod
        def fitting(cls, kind: str) -> list["Forecast.Outcome"]:
            """Those a claim of that kind may have, as the database sees to (forecast_gate)."""
            outcomes = list(cls)
            return outcomes[:3] + outcomes[7:] if kind == Claim.Kind.PREDICTION else outcomes[3:]

    claim = models.OneToOneField(
        Claim, models.PROTECT, related_name="forecast", verbose_name=_("claim")
    )
    due_on = PartialDateField(_("due on"))
    criteria = models.TextField(
        _("criteria"), help_text=_("What will count as it having happened, and by which source.")
    )
    written_at = models.DateTimeField(_("written at"), db_default=RecordClock(), editable=False)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    resolved_on = PartialDateField(_("resolved on"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True)
    development = models.ForeignKey(
        Development,
        models.PROTECT,
        related_name="forecasts_resolved",
        null=True,
        blank=True,
        verbose_name=_("development it rests on"),
    )

    objects = ForecastQuerySet.as_manager()

    class Meta:
        verbose_name = _("forecast")
        verbose_name_plural = _("forecasts")
        ordering = ["due_on"]
        permissions = [("resolve_forecast", "Can record the outcome of forecasts")]
        constraints = [
            # A forecast says beforehand what it will be judged by.
            models.CheckConstraint(condition=~Q(criteria=""), name="forecast_has_criteria"),
            # An outcome comes with its day, the time it was recorded and a development.
            models.CheckConstraint(
                condition=Q(
                    outcome="",
                    resolved_on__isnull=True,
                    recorded_at__isnull=True,
                    development__isnull=True,
                )
                | (
                    ~Q(outcome="")
                    & Q(
                        resolved_on__isnull=False,
                        recorded_at__isnull=False,
                        development__isnull=False,
                    )
                ),
                name="forecast_outcome_is_complete",
                violation_error_message=_(
                    "An outcome comes with its day, the time it was recorded and a development."
                ),
            ),
            # Criteria come before the outcome.
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True) | Q(recorded_at__gt=F("written_at")),
                name="forecast_criteria_before_outcome",
                violation_error_message=_("Criteria come before the outcome."),
            ),
        ]
        indexes = [
            # What is due?
            models.Index("due_on__end", "id", condition=Q(outcome=""), name="forecast_due"),
            # What comes due next, in all or with this outcome?
            models.Index(fields=["due_on", "id"], name="forecast_by_day"),
            models.Index(fields=["outcome", "due_on", "id"], name="forecast_by_outcome"),
            # Which outcomes were recorded last?
            models.Index(
                fields=["-recorded_at", "-id"],
                condition=~Q(outcome=""),
                name="forecast_recorded",
            ),
        ]

    def __str__(self) -> str:
        return self.criteria

    @property
    def earlier_outcomes(self) -> list:
        """Outcomes recorded before the one that stands, the latest first: a promise that was broken
        and is kept late was broken all the same."""
        versions = self.pgh_event_model.objects.filter(id=self.pk, recorded_at__lt=self.recorded_at)
        return list(versions.order_by("recorded_at", "-pgh_id").distinct("recorded_at"))[::-1]

    def clean(self):
        """Say it in a form too, where ``written_at`` is not a field."""
        written_at = self.written_at or timezone.now()
        if self.recorded_at and self.recorded_at <= written_at:
            raise ValidationError({"recorded_at": _("Criteria come before the outcome.")})
