from django.contrib import admin

from claims.models import Rating, Scale
from sources.desk import ModelAdmin, TabularInline


class RatingInline(TabularInline):
    model = Rating
    extra = 0
    ordering = ["position"]


@admin.register(Scale)
class ScaleAdmin(ModelAdmin):
    list_display = ["version", "valid_from"]
    inlines = [RatingInline]
