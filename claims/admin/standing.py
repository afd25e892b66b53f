"""Claims by where they stand."""

from django.utils.translation import gettext_lazy as _

from claims.models import Forecast, Rating, Standing
from claims.stands import standing_at
from sources.lists import OptionsFilter


class StandingFilter(OptionsFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        """Nothing yet, the ratings as they are called today, outcomes, what developments did."""
        first = Standing.Value.UNVERIFIED
        labels = {first.value: first.label}
        for rating in Rating.objects.order_by("scale", "position"):
            labels[rating.value] = rating.label
        return list((labels | dict(Forecast.Outcome.choices + Standing.Value.choices)).items())

    def queryset(self, request, queryset):
        if not self.value() or self.unfit():
            return queryset
        return standing_at(queryset, self.value())
