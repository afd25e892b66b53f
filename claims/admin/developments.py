from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from claims.admin.corrections import CorrectedAdmin
from claims.admin.happened import HappenedScreen
from claims.admin.proposals import ProposalAdmin, ProposalInline, decide_in
from claims.models import Development, Effect


class EffectInline(ProposalInline):
    """What a development does to claims."""

    model = Effect
    fields = ["claim", "kind", "note", "shown_status", "decision"]
    autocomplete_fields = ["claim"]


@admin.register(Development)
class DevelopmentAdmin(HappenedScreen, ProposalAdmin, CorrectedAdmin):
    list_display = ["title", "occurred_on", "source", "shown_status"]
    list_filter = ["status", "effects__kind"]
    list_select_related = ["document", "claim"]
    search_fields = ["title", "account"]
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
    list_filter = ["status", "kind"]
    list_select_related = ["claim", "development"]
    search_fields = ["development__title", "claim__quote", "claim__wording"]
    autocomplete_fields = ["claim", "development"]
    fields = ["development", "kind", "claim", "note"]

    def get_readonly_fields(self, request, obj=None):
        """An accepted one is public: it is refused before it is changed."""
        accepted = obj is not None and obj.status == Effect.Status.ACCEPTED
        return self.fields if accepted else []
