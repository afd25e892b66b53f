from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.base import RecordAdmin
from claims.admin.due import DueScreens
from claims.models import Forecast
from claims.resolve import resolve
from sources.lists import ChoicesFilter, OptionsFilter, PeriodFilter

OUTCOME = ["outcome", "resolved_on", "development"]


def is_fixed(forecast) -> bool:
    """Whether its criteria stay as they are: its day or its outcome has come."""
    return bool(forecast.outcome) or forecast.due_on.end <= timezone.localdate()


class ForecastForm(forms.ModelForm):
    """Offers the outcomes that fit the claim; one comes with its day and a development."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "outcome" in self.fields:
            fitting = Forecast.Outcome.fitting(self.instance.claim.kind)
            chosen = [(outcome.value, outcome.label) for outcome in fitting]
            self.fields["outcome"].choices = [("", _("none yet")), *chosen]

    def clean(self):
        data = super().clean()
        if data.get("outcome"):
            for name in OUTCOME:
                if not data.get(name):
                    self.add_error(name, _("An outcome comes with its day and a development."))
        return data


class Due(OptionsFilter):
    title = gettext_lazy("due")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("yes", _("due, without an outcome"))]

    def queryset(self, request, queryset):
        if self.value() != "yes":
            return queryset
        due = Forecast.objects.due(timezone.localdate())
        return queryset.filter(pk__in=due.order_by().values("pk"))


@admin.register(Forecast)
class ForecastAdmin(DueScreens, RecordAdmin):
    """Due dates and criteria, written before the outcome; then the outcome."""

    form = ForecastForm
    list_display = ["claim", "due_on", "criteria", "outcome", "resolved_on"]
    list_filter = [Due, ("outcome", ChoicesFilter), ("due_on", PeriodFilter)]
    sortable_by = ["due_on"]
    list_select_related = ["claim"]
    search_fields = ["search"]
    autocomplete_fields = ["claim", "development"]

    def get_fieldsets(self, request, obj=None):
        beforehand = ["claim", "due_on", "criteria"]
        if obj is None:
            return [(None, {"fields": beforehand})]
        return [
            (_("Beforehand"), {"fields": [*beforehand, "written_at"]}),
            (_("Outcome"), {"fields": [*OUTCOME, "recorded_at"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        fields = ["claim", "written_at", "recorded_at"]
        if is_fixed(obj):
            fields += ["due_on", "criteria"]
        if not request.user.has_perm("claims.resolve_forecast"):
            fields += OUTCOME
        return fields

    def save_model(self, request, obj, form, change):
        """The outcome is an act of its own."""
        outcome = {name: form.cleaned_data.get(name) for name in OUTCOME}
        resolved = any(name in form.changed_data for name in OUTCOME)
        written = [name for name in ("due_on", "criteria") if name in form.changed_data]
        if not change:
            super().save_model(request, obj, form, change)
        elif written:
            obj.save(update_fields=written)
        if resolved:
            resolve(obj, **outcome, by=request.user)
