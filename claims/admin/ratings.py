from django.contrib import admin

from claims.admin.base import RecordAdmin
from claims.models import Rating, Scale
from sources.desk import TabularInline


class RatingInline(TabularInline):
    model = Rating
    extra = 0
    ordering = ["position"]


@admin.register(Scale)
class ScaleAdmin(RecordAdmin):
    list_display = ["version", "valid_from"]
    inlines = [RatingInline]
