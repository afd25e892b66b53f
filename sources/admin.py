from django.contrib import admin
from django.db.models import F
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from sources.desk import ModelAdmin
from sources.lists import AutocompleteFilter, ChoicesFilter, PeriodFilter
from sources.models import Document, Fetch, Publisher, SavedFilter, Snapshot
from sources.saved_filters import SavedFilterForm, list_address, list_title


@admin.register(Publisher)
class PublisherAdmin(ModelAdmin):
    list_display = ["name", "kind", "site"]
    list_filter = [("kind", ChoicesFilter)]
    sortable_by = ["name", "kind"]
    search_fields = ["search"]


@admin.register(Document)
class DocumentAdmin(ModelAdmin):
    list_display = ["title", "publisher", "shown_published_on", "kind", "added_at"]
    list_filter = [
        ("kind", ChoicesFilter),
        ("publisher", AutocompleteFilter),
        ("published_on", PeriodFilter),
        ("added_at", PeriodFilter),
    ]
    sortable_by = ["shown_published_on", "added_at"]
    list_select_related = ["publisher"]
    search_fields = ["search"]
    autocomplete_fields = ["publisher"]

    @display(description=_("published on"), ordering=F("published_on").asc(nulls_first=True))
    def shown_published_on(self, document):
        return document.published_on


class ReadOnlyAdmin(ModelAdmin):
    """What is read, never changed."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ["document", "sha256", "fetched_at"]
    list_select_related = ["document"]
    search_fields = ["search"]
    list_filter = [("document", AutocompleteFilter), ("fetched_at", PeriodFilter)]
    ordering = ["-fetched_at", "-id"]
    fields = ["document", "text", "sha256", "media_type", "fetched_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("text", "original")


@admin.register(Fetch)
class FetchAdmin(ReadOnlyAdmin):
    list_display = ["url", "at", "outcome", "reason", "status", "size"]
    list_filter = [("outcome", ChoicesFilter), ("at", PeriodFilter)]
    search_fields = ["search"]


@admin.register(SavedFilter)
class SavedFilterAdmin(ModelAdmin):
    """One's own, to rename, share and delete; those of the team, to open."""

    list_display = ["name", "shown_list", "owner", "shared", "opened"]
    list_select_related = ["owner"]
    ordering = ["name", "id"]
    form = SavedFilterForm

    def get_queryset(self, request):
        return super().get_queryset(request).open_to(request.user)

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False  # It is saved from its list.

    def has_change_permission(self, request, obj=None):
        return obj is None or obj.owner == request.user

    def has_delete_permission(self, request, obj=None):
        return obj is not None and obj.owner == request.user

    @display(description=_("list"))
    def shown_list(self, saved):
        return list_title(saved.listing)

    @display(description=_("Open"))
    def opened(self, saved):
        address = f"{list_address(saved.listing)}?{saved.query}"
        return format_html('<a class="link" href="{}">{}</a>', address, _("Open"))
