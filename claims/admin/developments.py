from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from claims.admin.corrections import CorrectedAdmin
from claims.admin.happened import HappenedScreen
from claims.admin.proposals import ProposalAdmin, ProposalInline, decide_in
from claims.models import Development, Effect
from sources.lists import ChoicesFilter, OptionsFilter, PeriodFilter


class EffectInline(ProposalInline):
    """What a development does to claims."""

    model = Effect
    fields = ["claim", "kind", "note", "shown_status", "decision"]
    autocomplete_fields = ["claim"]


class EffectFilter(OptionsFilter):
    title = _("effect")
    parameter_name = "effect"

    def lookups(self, request, model_admin):
        return Effect.Kind.choices

    def queryset(self, request, queryset):
        if self.value() not in Effect.Kind:
            return queryset
        effects = Effect.objects.order_by().filter(kind=self.value(), development=OuterRef("pk"))
        return queryset.filter(Exists(effects))


@admin.register(Development)
class DevelopmentAdmin(HappenedScreen, ProposalAdmin, CorrectedAdmin):
    list_display = ["title", "occurred_on", "source", "shown_status"]
    list_filter = [("status", ChoicesFilter), EffectFilter, ("occurred_on", PeriodFilter)]
    sortable_by = ["occurred_on"]
    list_select_related = ["document", "claim"]
    search_fields = ["search"]
    autocomplete_fields = ["document", "claim"]
    fieldsets = [
        (None, {"fields": ["title", "occurred_on", "account"]}),
        (_("Source: a document, or a later claim"), {"fields": ["document", "claim"]}),
    ]
    inlines = [EffectInline]

    @display(description=_("source"))
    def source(self, development):
        return development.document or development.claim

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if formset.model is Effect:
            decide_in(formset, request.user)


@admin.register(Effect)
class EffectAdmin(ProposalAdmin):
    """What developments do to claims, to be decided on one by one or together."""

    list_display = ["claim", "kind", "development", "shown_status"]
    list_filter = [("status", ChoicesFilter), ("kind", ChoicesFilter)]
    ordering = ["-id"]
    list_select_related = ["claim", "development"]
    search_fields = ["search"]
    autocomplete_fields = ["claim", "development"]
    fields = ["development", "kind", "claim", "note"]

    def get_readonly_fields(self, request, obj=None):
        """An accepted one is public: it is refused before it is changed."""
        accepted = obj is not None and obj.status == Effect.Status.ACCEPTED
        return self.fields if accepted else []
