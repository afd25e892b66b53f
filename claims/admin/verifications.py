from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from claims.models import Evidence, Verification
from claims.publish import NotPublishable, publish
from sources.desk import ModelAdmin, StackedInline


class EvidenceInline(StackedInline):
    model = Evidence
    extra = 0
    autocomplete_fields = ["document"]

    def _open(self, verification):
        return verification is None or verification.status == Verification.Status.DRAFT

    def has_add_permission(self, request, obj):
        return super().has_add_permission(request, obj) and self._open(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._open(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._open(obj)


@admin.register(Verification)
class VerificationAdmin(ModelAdmin):
    """Drafts are written here; what is published can only be read."""

    list_display = ["summary", "rating", "shown_status", "author", "approved_by", "published_at"]
    list_filter = ["status", "rating"]
    list_select_related = ["rating", "author", "approved_by"]
    search_fields = ["summary", "claims__quote", "claims__wording"]
    autocomplete_fields = ["claims"]
    fields = ["claims", "rating", "summary", "explanation", "author", "approved_by", "published_at"]
    readonly_fields = ["author", "approved_by", "published_at"]
    inlines = [EvidenceInline]
    actions_submit_line = ["approve_and_publish"]

    def has_change_permission(self, request, obj=None):
        draft = obj is None or obj.status == Verification.Status.DRAFT
        return super().has_change_permission(request, obj) and draft

    def has_delete_permission(self, request, obj=None):
        draft = obj is not None and obj.status == Verification.Status.DRAFT
        return super().has_delete_permission(request, obj) and draft

    @display(
        description=_("status"),
        ordering="status",
        label={Verification.Status.DRAFT: "warning", Verification.Status.PUBLISHED: "success"},
    )
    def shown_status(self, verification):
        return verification.status, verification.get_status_display()

    def save_model(self, request, obj, form, change):
        if not change:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    def has_approve_permission(self, request, object_id=None):
        """For drafts; without an id, whether for any (unfold asks both ways)."""
        allowed = super().has_change_permission(request)
        if object_id is None:
            return allowed
        return allowed and Verification.objects.drafts().filter(pk=object_id).exists()

    @action(description=_("Save, approve and publish"), permissions=["approve"])
    def approve_and_publish(self, request, verification):
        request.approves = True  # Once its evidence is saved too: see response_change.

    def response_change(self, request, obj):
        if getattr(request, "approves", False):
            try:
                publish(obj, request.user, timezone.now())
            except NotPublishable as missing:
                messages.error(request, _("Not published. %(why)s") % {"why": missing})
            else:
                messages.success(request, _("The verification is public."))
        return super().response_change(request, obj)
