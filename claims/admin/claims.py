from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from claims import decide
from claims.highlight import marked_sentence
from claims.models import Claim, Effect, Forecast, Verification
from sources.desk import ModelAdmin, TabularInline

STATUS_COLOURS = {
    Claim.Status.CANDIDATE: "warning",
    Claim.Status.ACCEPTED: "success",
    Claim.Status.REJECTED: "danger",
}


class VerificationInline(TabularInline):
    """The verifications a claim is in; new links go to drafts, published ones stand as they are."""

    model = Verification.claims.through
    verbose_name = _("verification")
    verbose_name_plural = _("verifications")
    extra = 0
    tab = True

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "verification":
            kwargs["queryset"] = Verification.objects.open()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("claims.change_verification")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("claims.view_verification")


class EffectInline(TabularInline):
    """The developments that bear on a claim."""

    model = Effect
    extra = 0
    tab = True
    fields = ["development", "kind", "note"]
    autocomplete_fields = ["development"]


class ForecastInline(TabularInline):
    model = Forecast
    extra = 0
    tab = True
    autocomplete_fields = ["development"]


@admin.register(Claim)
class ClaimAdmin(ModelAdmin):
    list_display = ["claim", "speaker", "said_on", "context", "shown_status"]
    list_filter = ["status", "kind", "quotation", "sentence__snapshot__document"]
    list_fullwidth = True
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["quote", "wording", "speaker__name"]
    ordering = ["-check_worthiness", "-id"]
    actions = ["accept_selected", "reject_selected"]
    actions_submit_line = ["accept", "reject"]
    autocomplete_fields = ["speaker"]
    readonly_fields = [
        "context", "quote", "document", "shown_possible_speakers", "status", "decided_by",
        "decided_at", "rule", "confidence", "check_worthiness", "reading",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["context", "document", "status"]}),
        (
            _("Claim"),
            {"fields": ["quote", "wording", "speaker", "shown_possible_speakers", "said_on",
                        "kind", "quotation"]},
        ),
        (
            _("How it was found"),
            {"classes": ["collapse"], "fields": ["rule", "confidence", "check_worthiness",
                                                 "reading", "decided_by", "decided_at"]},
        ),
    ]  # fmt: skip
    inlines = [VerificationInline, EffectInline, ForecastInline]

    def get_queryset(self, request):
        return super().get_queryset(request).with_source().with_context()

    def has_add_permission(self, request):
        return False  # Selecting text in a document makes a claim by hand: to come.

    def has_delete_permission(self, request, obj=None):
        return False  # A claim is rejected, not deleted: so it is not proposed again.

    @display(description=_("claim"), ordering="quote")
    def claim(self, claim):
        return render_to_string("admin/claims/claim/claim.html", {"claim": claim})

    @display(description=_("source sentence and its neighbours"))
    def context(self, claim):
        return render_to_string(
            "admin/claims/claim/context.html",
            {"claim": claim, "segments": marked_sentence(claim)},
        )

    @display(description=_("document"))
    def document(self, claim):
        return claim.document

    @display(description=_("possible speakers"))
    def shown_possible_speakers(self, claim):
        return ", ".join(str(speaker) for speaker in claim.possible_speakers.all()) or "—"

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def shown_status(self, claim):
        return claim.status, claim.get_status_display()

    @admin.action(description=_("Accept the selected claims"), permissions=["change"])
    def accept_selected(self, request, queryset):
        self._decided(request, decide.accept(self._plain(queryset), request.user), accepted=True)

    @admin.action(description=_("Reject the selected claims"), permissions=["change"])
    def reject_selected(self, request, queryset):
        self._decided(request, decide.reject(self._plain(queryset), request.user), accepted=False)

    @action(description=_("Save, accept, next"), permissions=["change"])
    def accept(self, request, claim):
        self._decided(request, decide.accept(self._one(claim), request.user), accepted=True)
        request.decided = True

    @action(description=_("Save, reject, next"), permissions=["change"])
    def reject(self, request, claim):
        self._decided(request, decide.reject(self._one(claim), request.user), accepted=False)
        request.decided = True

    def response_change(self, request, obj):
        """After a decision, the next candidate."""
        if not getattr(request, "decided", False):
            return super().response_change(request, obj)
        following = Claim.objects.candidates().values_list("pk", flat=True).first()
        if following:
            return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[following]))
        return HttpResponseRedirect(reverse("admin:claims_claim_changelist"))

    @staticmethod
    def _one(claim):
        return Claim.objects.filter(pk=claim.pk)

    @staticmethod
    def _plain(queryset):
        """The rows alone: an update takes no joins or annotations."""
        return Claim.objects.filter(pk__in=[claim.pk for claim in queryset])

    def _decided(self, request, count, *, accepted):
        """Say how many changed; none may, where a published verification keeps them in."""
        if accepted:
            text = ngettext("%(count)d claim accepted.", "%(count)d claims accepted.", count)
        else:
            text = ngettext("%(count)d claim rejected.", "%(count)d claims rejected.", count)
        messages.success(request, text % {"count": count})
