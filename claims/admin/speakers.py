from django.contrib import admin

from claims.admin.base import RecordAdmin
from claims.admin.exports import Exported
from claims.admin.merges import Mergeable
from claims.exchange.speakers import Speakers
from claims.models import Alias, Position, Speaker
from sources.desk import TabularInline
from sources.lists import ChoicesFilter


class AliasInline(TabularInline):
    model = Alias
    extra = 1


class PositionInline(TabularInline):
    model = Position
    fk_name = "speaker"
    extra = 1
    autocomplete_fields = ["organisation"]


@admin.register(Speaker)
class SpeakerAdmin(Exported, Mergeable, RecordAdmin):
    table = Speakers
    list_display = ["name", "kind", "wikidata_id", "within"]
    list_filter = [("kind", ChoicesFilter)]
    sortable_by = ["name"]
    list_select_related = ["within"]
    search_fields = ["search"]
    autocomplete_fields = ["within"]
    inlines = [AliasInline, PositionInline]
    actions = ["merge_selected"]
