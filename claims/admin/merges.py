"""Merges at the desk: adding one merges, its page can undo it."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from claims.admin.base import RecordAdmin
from claims.merge import merge_claims, merge_speakers, undo
from claims.models import ClaimMerge, SpeakerMerge
from sources.lists import OptionsFilter


class Stands(OptionsFilter):
    title = gettext_lazy("stands")
    parameter_name = "stands"

    def lookups(self, request, model_admin):
        return [("yes", gettext_lazy("stands")), ("no", gettext_lazy("was undone"))]

    def queryset(self, request, queryset):
        stands = {"yes": True, "no": False}.get(self.value())
        return queryset if stands is None else queryset.filter(undone_at__isnull=stands)


class MergeAdmin(RecordAdmin):
    """Of two rows that are one and the same: which goes, which is kept, and why."""

    autocomplete_fields = ["merged", "kept"]
    list_display = ["merged", "kept", "made_by", "made_at", "stands"]
    list_display_links = ["merged", "kept"]
    list_select_related = ["merged", "kept", "made_by"]
    list_filter = [Stands]
    ordering = ["-id"]
    actions_submit_line = ["take_back"]
    reason_help = gettext_lazy("To undo a merge, one is needed.")

    @property
    def permission(self) -> str:
        return f"claims.merge_{self.model.merged.field.related_model._meta.model_name}"

    def merge(self, *args):
        raise NotImplementedError

    def get_fields(self, request, obj=None):
        made = ["made_by", "made_at", "undone_by", "undone_at"]
        return ["merged", "kept", "reason", *([] if obj is None else made)]

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else self.get_fields(request, obj)

    def has_add_permission(self, request):
        return request.user.has_perm(self.permission)

    def has_change_permission(self, request, obj=None):
        return False

    def has_undo_permission(self, request, object_id=None):
        return request.user.has_perm(self.permission)

    def save_model(self, request, obj, form, change):
        made = self.merge(obj.merged, obj.kept, request.user, obj.reason)
        obj.pk = made.pk
        obj.refresh_from_db()

    @display(description=gettext_lazy("stands"), boolean=True)
    def stands(self, merge):
        return merge.undone_at is None

    def get_actions_submit_line(self, request, object_id):
        merge = self.get_object(request, object_id)
        stands = merge is not None and self.stands(merge)
        return super().get_actions_submit_line(request, object_id) if stands else []

    @action(description=gettext_lazy("Undo the merge"), permissions=["undo"])
    def take_back(self, request, merge):
        for held in undo(merge, request.user, self.reason(request)):
            messages.warning(request, _("Something stays where it is now. %(why)s") % {"why": held})
        messages.success(request, _("The merge is undone."))
        return HttpResponseRedirect(request.path)


@admin.register(SpeakerMerge)
class SpeakerMergeAdmin(MergeAdmin):
    search_fields = ["search"]

    def merge(self, *args):
        return merge_speakers(*args)


@admin.register(ClaimMerge)
class ClaimMergeAdmin(MergeAdmin):
    search_fields = ["search"]

    def merge(self, *args):
        return merge_claims(*args)


class Mergeable:
    """For the list of what can be merged: the selected two, on the page that merges."""

    def has_merge_permission(self, request):
        return request.user.has_perm(f"claims.merge_{self.opts.model_name}")

    @admin.action(description=gettext_lazy("Merge the two selected"), permissions=["merge"])
    def merge_selected(self, request, queryset):
        rows = sorted(row.pk for row in queryset)
        if len(rows) != 2:
            self.message_user(request, _("Select two of them to merge."), messages.ERROR)
            return None
        return HttpResponseRedirect(
            reverse(f"admin:claims_{self.opts.model_name}merge_add")
            + f"?kept={rows[0]}&merged={rows[1]}"
        )
