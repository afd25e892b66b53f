from django.contrib import admin

from claims.admin.base import RecordAdmin
from claims.admin.merges import Mergeable
from claims.models import Alias, Position, Speaker
from sources.desk import TabularInline
from sources.lists import ChoicesFilter


class AliasInline(TabularInline):
    model = Alias
    extra = 1


class PositionInline(TabularInline):
    model = Position
    extra = 1


@admin.register(Speaker)
class SpeakerAdmin(Mergeable, RecordAdmin):
    list_display = ["name", "kind", "wikidata_id", "within"]
    list_filter = [("kind", ChoicesFilter)]
    sortable_by = ["name"]
    list_select_related = ["within"]
    search_fields = ["search"]
    autocomplete_fields = ["within"]
    inlines = [AliasInline, PositionInline]
    actions = ["merge_selected"]
