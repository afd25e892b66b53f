"""Claims whose passage is no longer, or no longer once, in the latest snapshot."""

from django.utils.translation import gettext_lazy as _

from sources.latest import in_latest_snapshots
from sources.lists import OptionsFilter
from sources.models import Sentence
from sources.passages import Fate


class InLatestSnapshot(OptionsFilter):
    """Comes last among filters: passages are looked for in what the others let through."""

    title = _("passage, in a document that changed")
    parameter_name = "in_latest_snapshot"

    def lookups(self, request, model_admin):
        return [("flagged", _("no longer there, or more than once")), *Fate.choices]

    def queryset(self, request, queryset):
        wanted = {"flagged": {Fate.GONE, Fate.AMBIGUOUS}}.get(self.value(), {self.value()})
        if not self.value():
            return queryset
        said = Sentence.objects.filter(pk__in=queryset.order_by().values("sentence"))
        found = in_latest_snapshots(said).items()
        return queryset.filter(sentence__in=[pk for pk, fate in found if fate in wanted])
