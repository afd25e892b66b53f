from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from claims.models import Correction, Development, Effect
from sources.desk import ModelAdmin, TabularInline


class EffectInline(TabularInline):
    """What a development does to claims."""

    model = Effect
    extra = 0
    autocomplete_fields = ["claim"]


@admin.register(Development)
class DevelopmentAdmin(ModelAdmin):
    list_display = ["title", "occurred_on", "document", "shown_status"]
    list_filter = ["status", "effects__kind"]
    list_select_related = ["document"]
    search_fields = ["title", "account"]
    autocomplete_fields = ["document"]
    inlines = [EffectInline]
    actions = ["accept_selected"]
    actions_submit_line = ["accept"]

    @display(
        description=_("status"),
        ordering="status",
        label={Development.Status.PROPOSED: "warning", Development.Status.ACCEPTED: "success"},
    )
    def shown_status(self, development):
        return development.status, development.get_status_display()

    @admin.action(description=_("Accept the selected developments"), permissions=["change"])
    def accept_selected(self, request, queryset):
        queryset.update(status=Development.Status.ACCEPTED)

    @action(description=_("Save and accept"), permissions=["change"])
    def accept(self, request, development):
        Development.objects.filter(pk=development.pk).update(status=Development.Status.ACCEPTED)


@admin.register(Correction)
class CorrectionAdmin(ModelAdmin):
    list_display = ["kind", "note", "made_at"]
    list_filter = ["kind"]
    autocomplete_fields = ["claim", "verification", "development"]
