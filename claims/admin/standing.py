"""Claims by where they stand."""

from django.utils.translation import gettext_lazy as _

from claims.stands import standing_at, standing_labels
from sources.lists import OptionsFilter


class StandingFilter(OptionsFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return list(standing_labels().items())

    def queryset(self, request, queryset):
        if not self.value() or self.unfit():
            return queryset
        return standing_at(queryset, self.value())
