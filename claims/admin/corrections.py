"""Corrections at the desk: what is public changes only together with a note that tells of it."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminExpandableTextareaWidget, UnfoldAdminSelectWidget

from claims.admin.base import RecordAdmin
from claims.correct import correct
from claims.models import Correction
from sources.lists import ChoicesFilter, PeriodFilter

NOTE = ["correction_kind", "correction_note"]


class CorrectedForm(forms.ModelForm):
    """The form of something that may be public; if it is, a change asks for a correction."""

    correction_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of correction"),
        required=False,
        choices=[("", "—"), *Correction.Kind.choices],
        widget=UnfoldAdminSelectWidget(),
    )
    correction_note = forms.CharField(
        label=gettext_lazy("Note for readers"),
        required=False,
        widget=UnfoldAdminExpandableTextareaWidget(),
        help_text=gettext_lazy("What was corrected and why: published with what it said before."),
    )

    @property
    def corrections(self) -> dict:
        """The changes that have to be told, by field."""
        if self.instance.status != self.instance.Status.ACCEPTED:
            return {}
        return {name: self.cleaned_data.get(name) for name in self.changed_data if name not in NOTE}

    def clean(self):
        data = super().clean()
        if self.corrections:
            for name in NOTE:
                if not data.get(name):
                    self.add_error(name, _("This is public: a change needs a kind and a note."))
        return data


class CorrectedAdmin(RecordAdmin):
    """The page of something that may be public."""

    form = CorrectedForm

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or obj.status != obj.Status.ACCEPTED:
            return fieldsets
        about = _("Needed to change anything above: this is public.")
        return [*fieldsets, (_("Correction"), {"fields": NOTE, "description": about})]

    def save_model(self, request, obj, form, change):
        if not form.corrections:
            super().save_model(request, obj, form, change)
            return
        kind, note = (form.cleaned_data[name] for name in NOTE)
        public = self.model.objects.get(pk=obj.pk)
        correct(public, kind, note, request.user, **form.corrections)


@admin.register(Correction)
class CorrectionAdmin(RecordAdmin):
    """The register: added to, never changed."""

    list_display = ["note", "kind", "subject", "made_by", "made_at"]
    list_filter = [("kind", ChoicesFilter), ("made_at", PeriodFilter)]
    sortable_by = ["made_at"]
    list_select_related = ["claim", "verification", "development", "made_by"]
    search_fields = ["search"]
    autocomplete_fields = ["claim", "verification", "development"]

    def get_fieldsets(self, request, obj=None):
        what = ["claim", "verification", "development"]
        made = [] if obj is None else [(None, {"fields": ["made_by", "made_at"]})]
        return [
            (_("What it concerns"), {"fields": what}),
            (_("Correction"), {"fields": ["kind", "note", "before", "after"]}),
            *made,
        ]

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else ["made_by", "made_at"]

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        said = {"before": obj.before, "after": obj.after}
        made = correct(obj.subject, obj.kind, obj.note, request.user, **said)
        obj.pk = made.pk
        obj.refresh_from_db()
