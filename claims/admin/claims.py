from django import forms
from django.contrib import admin, messages
from django.db.models import F
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display
from unfold.forms import ActionForm
from unfold.widgets import UnfoldAdminSelectWidget

from claims import decide
from claims.admin.claim_reviews import ReviewedElsewhereInline
from claims.admin.corrections import CorrectedAdmin
from claims.admin.exports import Exported
from claims.admin.forecasts import is_fixed
from claims.admin.inbox import REASONS, Inbox
from claims.admin.latest import InLatestSnapshot
from claims.admin.merges import Mergeable
from claims.admin.proposals import ProposalInline, decide_in
from claims.admin.search import search_view
from claims.admin.standing import StandingFilter
from claims.exchange.claims import Claims
from claims.highlight import marked_sentence
from claims.models import Appearance, Claim, Coverage, Effect, Forecast, Link, Verification
from claims.separate import separate
from sources.desk import StackedInline, TabularInline
from sources.latest import tell_latest
from sources.lists import AutocompleteFilter, ChoicesFilter, PeriodFilter
from sources.passages import Fate

LINKS = 20  # on the page of a claim
STATUS_COLOURS = {
    Claim.Status.CANDIDATE: "warning",
    Claim.Status.ACCEPTED: "success",
    Claim.Status.REJECTED: "danger",
    Claim.Status.MERGED: "default",
}


class VerificationInline(TabularInline):
    """The verifications a claim is in; it is added to open ones, published ones stand."""

    model = Coverage
    verbose_name = _("verification")
    verbose_name_plural = _("verifications")
    extra = 0
    tab = True
    autocomplete_fields = ["verification"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "verification":
            kwargs["queryset"] = Verification.objects.open()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class AppearanceInline(TabularInline):
    """Where else a claim is reported; what is something else there becomes a claim of its own."""

    model = Appearance
    verbose_name_plural = _("appearances")
    extra = 0
    tab = True
    fields = ["document", "reading"]  # Its sentence is its heading.
    readonly_fields = fields

    def get_queryset(self, request):
        appearances = super().get_queryset(request)
        return appearances.select_related(
            "sentence__snapshot__document__publisher", "reading"
        ).defer("sentence__snapshot__text", "sentence__snapshot__original")

    def has_add_permission(self, request, obj=None):
        return False

    @display(description=_("document"))
    def document(self, appearance):
        document = appearance.sentence.snapshot.document
        return f"{document.publisher} · {document}" if document.publisher else document


class EffectInline(ProposalInline):
    """The developments that bear on a claim."""

    model = Effect
    tab = True
    fields = ["development", "kind", "note", "shown_status", "decision"]
    autocomplete_fields = ["development"]


class ForecastInline(StackedInline):
    """What a prediction or commitment will be judged by; its outcome has a page of its own."""

    model = Forecast
    extra = 0
    tab = True
    can_delete = False
    show_change_link = True
    fields = ["due_on", "criteria"]

    def has_change_permission(self, request, obj=None):
        forecast = obj and Forecast.objects.filter(claim=obj).first()
        return super().has_change_permission(request, obj) and not (forecast and is_fixed(forecast))


class DecisionForm(ActionForm):
    """What is done with the selected, and why they are rejected."""

    because = forms.ChoiceField(
        label="",
        required=False,
        choices=[
            ("", _("Reason for a rejection")),
            *((reason.value, reason.label) for reason in REASONS if reason != "other"),
        ],
        widget=UnfoldAdminSelectWidget({"aria-label": _("Reason for a rejection")}),
    )


def _ids(claims) -> list[int]:
    return list(claims.order_by().values_list("pk", flat=True))


@admin.register(Claim)
class ClaimAdmin(Inbox, Exported, Mergeable, CorrectedAdmin):
    table = Claims
    list_display = ["claim", "speaker", "shown_said_on", "context", "shown_status"]
    list_filter = [
        ("status", ChoicesFilter),
        ("kind", ChoicesFilter),
        StandingFilter,
        ("speaker", AutocompleteFilter),
        ("sentence__snapshot__document__publisher", AutocompleteFilter),
        ("sentence__snapshot__document", AutocompleteFilter),
        ("said_on", PeriodFilter),
        ("found_at", PeriodFilter),
        ("quotation", ChoicesFilter),
        ("proceedings", ChoicesFilter),
        InLatestSnapshot,
    ]
    list_fullwidth = True
    search_fields = ["search"]
    ordering = ["-found_at", "-id"]
    sortable_by = ["shown_said_on"]
    action_form = DecisionForm
    actions = ["accept_selected", "reject_selected", "merge_selected", "verify_selected"]
    change_form_outer_before_template = "admin/verification_editor/verify.html"
    actions_submit_line = ["accept", "reject"]
    autocomplete_fields = ["speaker"]
    readonly_fields = [
        "context", "in_latest_snapshot", "quote", "document", "shown_possible_speakers", "status",
        "decided_by", "decided_at", "rejected_because", "split_from", "rule", "confidence",
        "check_worthiness", "reading", "shown_links",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["context", "in_latest_snapshot", "document", "status"]}),
        (
            _("Claim"),
            {"fields": ["quote", "wording", "speaker", "shown_possible_speakers", "said_on",
                        "kind", "quotation", "proceedings"]},
        ),
        (_("Links"), {"fields": ["shown_links"]}),
        (
            _("How it was found"),
            {"classes": ["collapse"], "fields": ["rule", "confidence", "check_worthiness",
                                                 "reading", "decided_by", "decided_at",
                                                 "rejected_because", "split_from"]},
        ),
    ]  # fmt: skip
    inlines = [
        VerificationInline, EffectInline, ForecastInline, AppearanceInline, ReviewedElsewhereInline,
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).with_source().with_context()

    def rows(self, request):
        return Claim.objects.all()

    def get_urls(self):
        """With the search over all of the record."""
        view = self.admin_site.admin_view(search_view)
        return [path("search/", view, name="claims_claim_search"), *super().get_urls()]

    def get_ordering(self, request):
        """Candidates by what is most worth checking, all else by what was found last."""
        if request.GET.get("status__exact") == Claim.Status.CANDIDATE:
            return ["-check_worthiness", "-id"]
        return super().get_ordering(request)

    def has_add_permission(self, request):
        return False  # Selecting text in a document makes one by hand.

    def has_delete_permission(self, request, obj=None):
        return False  # A claim is rejected, not deleted: so it is not proposed again.

    def has_change_permission(self, request, obj=None):
        """What was merged into another is changed there."""
        merged = obj is not None and obj.status == Claim.Status.MERGED
        return super().has_change_permission(request, obj) and not merged

    def get_view_on_site_url(self, obj=None):
        shown = obj is not None and obj.status == Claim.Status.ACCEPTED
        return super().get_view_on_site_url(obj) if shown else None

    def has_decide_permission(self, request, object_id=None):
        return request.user.has_perm("claims.decide_claim")

    @display(description=_("claim"))
    def claim(self, claim):
        return render_to_string("admin/claims/claim/claim.html", {"claim": claim})

    @display(description=_("said on"), ordering=F("said_on").asc(nulls_first=True))
    def shown_said_on(self, claim):
        return claim.said_on

    @display(description=_("source sentence and its neighbours"))
    def context(self, claim):
        return render_to_string(
            "admin/claims/claim/context.html",
            {"claim": claim, "segments": marked_sentence(claim)},
        )

    @display(description=_("passage in the latest snapshot"))
    def in_latest_snapshot(self, claim):
        tell_latest([claim.sentence])
        return Fate(fate).label if (fate := claim.sentence.in_latest_snapshot) else "—"

    @display(description=_("document"))
    def document(self, claim):
        return claim.document

    @display(description=_("what it repeats, contradicts or updates, and what does so to it"))
    def shown_links(self, claim):
        links = Link.objects.touching([claim.pk]).with_claims().order_by("-id")[: LINKS + 1]
        context = {"claim": claim, "links": links[:LINKS], "more": len(links) > LINKS}
        return render_to_string("admin/claims/claim/links.html", context)

    @display(description=_("possible speakers"))
    def shown_possible_speakers(self, claim):
        return ", ".join(str(speaker) for speaker in claim.possible_speakers.all()) or "—"

    @display(description=_("status"), label=STATUS_COLOURS)
    def shown_status(self, claim):
        return claim.status, claim.get_status_display()

    @admin.action(description=_("Accept the selected claims"), permissions=["decide"])
    def accept_selected(self, request, queryset):
        self.tell(request, decide.accept_each(_ids(queryset), request.user), accepted=True)

    @admin.action(description=_("Reject the selected claims"), permissions=["decide"])
    def reject_selected(self, request, queryset):
        because = request.POST.get("because")
        if because not in REASONS:
            messages.error(request, _("Nothing was saved: give a reason."))
            return
        decided = decide.reject_each(_ids(queryset), request.user, because)
        self.tell(request, decided, accepted=False)

    def has_verify_permission(self, request, object_id=None):
        return request.user.has_perm("claims.add_verification")

    @admin.action(description=_("Verify the selected claims"), permissions=["verify"])
    def verify_selected(self, request, queryset):
        """A draft about them, and its page."""
        return self.admin_site.get_model_admin(Verification).begin(
            request, Claim.objects.filter(pk__in=_ids(queryset))
        )

    def get_actions_submit_line(self, request, object_id):
        """The decisions that would change something."""
        claim = self.get_object(request, object_id)
        open_to = {
            Claim.Status.CANDIDATE: ["accept", "reject"],
            Claim.Status.ACCEPTED: ["reject"],
            Claim.Status.REJECTED: ["accept"],
        }.get(claim and claim.status, [])
        return [
            decision
            for decision in super().get_actions_submit_line(request, object_id)
            if decision.action_name.removeprefix("claims_claim_") in open_to
        ]

    @action(description=_("Save, accept, next"), permissions=["decide"])
    def accept(self, request, claim):
        self._decided(request, decide.accept(self._one(claim), request.user), accepted=True)
        return self._next()

    @action(description=_("Save, reject, next"), permissions=["decide"])
    def reject(self, request, claim):
        why = request.POST.get("reason", "")
        self._decided(request, decide.reject(self._one(claim), request.user, why), accepted=False)
        return self._next()

    def save_formset(self, request, form, formset, change):
        if formset.model is Appearance:
            formset.save(commit=False)
            for appearance in formset.deleted_objects:
                separate(appearance, request.user)
            return
        super().save_formset(request, form, formset, change)
        if formset.model is Effect:
            decide_in(formset, request.user)

    @staticmethod
    def _next():
        """After a decision, the next candidate that nobody else has."""
        return HttpResponseRedirect(reverse("admin:claims_claim_inbox"))

    @staticmethod
    def _one(claim):
        return Claim.objects.filter(pk=claim.pk)

    def _decided(self, request, count, *, accepted):
        """Say how many changed; none may, where a published verification keeps them in."""
        if accepted:
            text = ngettext("%(count)d claim accepted.", "%(count)d claims accepted.", count)
        else:
            text = ngettext("%(count)d claim rejected.", "%(count)d claims rejected.", count)
        messages.success(request, text % {"count": count})
