"""Unfold's admin classes, taught our column types."""

from unfold import admin
from unfold.widgets import UnfoldAdminTextInputWidget

from sources.fields import PartialDateField

WIDGETS = {PartialDateField: {"widget": UnfoldAdminTextInputWidget}}


class ModelAdmin(admin.ModelAdmin):
    formfield_overrides = WIDGETS


class TabularInline(admin.TabularInline):
    formfield_overrides = WIDGETS


class StackedInline(admin.StackedInline):
    formfield_overrides = WIDGETS
