from django.contrib import admin

from sources.desk import ModelAdmin
from sources.models import Document, Fetch, Publisher, Snapshot


@admin.register(Publisher)
class PublisherAdmin(ModelAdmin):
    list_display = ["name", "kind", "site"]
    list_filter = ["kind"]
    search_fields = ["name", "site"]


@admin.register(Document)
class DocumentAdmin(ModelAdmin):
    list_display = ["title", "publisher", "published_on", "kind", "added_at"]
    list_filter = ["kind", "publisher"]
    list_select_related = ["publisher"]
    search_fields = ["title", "url"]
    autocomplete_fields = ["publisher"]


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
    search_fields = ["document__title", "document__url", "sha256"]
    fields = ["document", "text", "sha256", "media_type", "fetched_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("original")


@admin.register(Fetch)
class FetchAdmin(ReadOnlyAdmin):
    list_display = ["url", "at", "outcome", "reason", "status", "size"]
    list_filter = ["outcome", "at"]
    search_fields = ["url", "final_url", "reason"]
    date_hierarchy = "at"
