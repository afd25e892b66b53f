"""Unfold's admin classes, taught our column types and how to keep the record.

A change form carries a mark of the version it shows. When it is sent, the row is locked; if row or
parts have another mark by then, nothing is saved: the form comes back as it was typed and says what
changed meanwhile. The same happens to whatever is ``Refused``. The history page shows every change
the database saw, not only those made here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pghistory
from django.contrib import messages
from django.contrib.admin import ModelAdmin as DjangoModelAdmin
from django.contrib.admin import ShowFacets
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from pghistory.core import event_models
from unfold import admin
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminExpandableTextareaWidget, UnfoldAdminTextInputWidget

from sources import versions
from sources.fields import PartialDateField
from sources.lists import BOUND, BoundedPaginator, Listing, by_period, search_results
from sources.saved_filters import save_view

FIELDS = {
    PartialDateField: {"widget": UnfoldAdminTextInputWidget},
    models.TextField: {"widget": UnfoldAdminExpandableTextareaWidget},
    models.URLField: {"assume_scheme": "https"},
}


class Refused(Exception):
    """Why nothing was saved, in the interface's language."""


class Parts(PaginationInlineFormSet):
    """Comes back as it was typed, with the forms of rows that were deleted meanwhile too."""

    def full_clean(self):
        super().full_clean()
        if self.is_bound and any(self._errors):
            # The page shows as many of the forms as there are rows here.
            self._queryset = [form.instance for form in self.initial_forms]


class TabularInline(admin.TabularInline):
    """A table of forms; each field is named by the head of its column, in words of its own too."""

    formset = Parts
    formfield_overrides = FIELDS

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = capfirst(str(field.label))
        return field


class StackedInline(admin.StackedInline):
    formset = Parts
    formfield_overrides = FIELDS


class ModelAdmin(admin.ModelAdmin):
    formfield_overrides = FIELDS
    change_form_before_template = "admin/version.html"
    change_form_after_template = "admin/reason.html"
    # Lists (sources/lists.py). What ``sortable_by`` names, an index carries in that order.
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_filter_submit = True
    list_per_page = 25
    sortable_by = ()

    @property
    def tracked(self) -> bool:
        """Whether the database keeps the history of these rows."""
        return any(event.pgh_tracked_model is self.model for event in event_models())

    # Lists

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_save_filter"
        view = self.admin_site.admin_view(self.save_filter_view)
        return [path("save-filter/", view, name=name), *super().get_urls()]

    def save_filter_view(self, request):
        return save_view(self, request)

    def get_ordering(self, request):
        return by_period(self, request) or super().get_ordering(request)

    def rows(self, request) -> models.QuerySet:
        """What a list chooses from; without what the rows show, which is loaded by page."""
        return self.get_queryset(request)

    def get_paginator(self, request, queryset, per_page, *args, **kwargs):
        shown = self.get_queryset(request)
        if self.list_select_related:
            shown = shown.select_related(*self.list_select_related)
        return BoundedPaginator(queryset, per_page, shown)

    def get_changelist(self, request, **kwargs):
        return Listing

    def get_search_results(self, request, queryset, search_term):
        """By the ``search`` of their QuerySet: ``search_fields = ["search"]``."""
        if not search_term.strip():
            return queryset, False
        suggesting = request.path == reverse("admin:autocomplete")
        return search_results(request, queryset, search_term, tell=not suggesting), False

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What is done inside is done wholly or not at all; raises Refused if it may not be."""
        with transaction.atomic():
            yield

    # Two people at once

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        row = self.get_object(request, unquote(object_id)) if object_id and self.tracked else None
        context = dict(extra_context or {})
        if row:
            context["show_save_and_add_another"] = False  # The steps take its place.
        if request.method != "POST":
            if row:
                # The mark first, then the row: what is shown is never older than its mark says.
                context["mark"] = versions.latest(row)
            return super().changeform_view(request, object_id, form_url, context)
        if row:
            # A form that comes back still shows the version it was made from.
            context["mark"] = request.POST.get("_mark", "")
        try:
            with self.attempt(), pghistory.context(**self._why(request)):
                if row:
                    self._hold(request, row, context)
                    if not self.has_change_permission(request, row):
                        return self._act(request, row)
                return super().changeform_view(request, object_id, form_url, context)
        except Refused as refusal:
            if row and not self.has_change_permission(request, self.get_object(request, row.pk)):
                # There is nothing to type on a page that is only read.
                messages.error(request, str(refusal))
                return HttpResponseRedirect(request.path)
            request.refusal = str(refusal)
            return super().changeform_view(request, object_id, form_url, context)

    @staticmethod
    def _why(request) -> dict[str, str]:
        reason = request.POST.get("reason", "").strip()
        return {"reason": reason} if reason else {}

    def _hold(self, request, row, context: dict) -> None:
        """Nobody else changes the row until this is over; raises Refused if somebody has."""
        if not (context["mark"] or self.has_change_permission(request, row)):
            raise PermissionDenied
        list(self.model._base_manager.select_for_update(no_key=True).filter(pk=row.pk))
        meanwhile = versions.since(row, context["mark"])
        if meanwhile:
            context["meanwhile"] = meanwhile
            people = ", ".join(dict.fromkeys(who(change) for change in meanwhile))
            raise Refused(
                _("Nothing was saved: it was changed meanwhile by %(people)s (%(what)s).")
                % {"people": people, "what": ", ".join(what(meanwhile))}
            )

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if why := getattr(request, "refusal", ""):
            return type(form.__name__, (_Returned, form), {"why": why})
        return form

    # Steps: the buttons beside "Save"

    def save_model(self, request, obj, form, change):
        """Save the row alone. Unfold takes the steps here already; they need its parts too."""
        DjangoModelAdmin.save_model(self, request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self._step(request, form.instance)

    def _act(self, request, row) -> HttpResponse:
        """A step from a page that is only read."""
        if not self._step(request, row):
            raise PermissionDenied
        return getattr(request, "answer", None) or HttpResponseRedirect(request.path)

    def _step(self, request, row) -> bool:
        """Take the step whose button was pressed; returns whether one was."""
        pressed = [
            action
            for action in self._get_base_actions_submit_line()
            if action.action_name in request.POST
        ]
        allowed = {action.action_name for action in self.get_actions_submit_line(request, row.pk)}
        for action in pressed:
            if action.action_name not in allowed:
                raise Refused(_("Nothing was saved: that step is not open to you, or not now."))
            request.answer = action.method(request, row)
        return bool(pressed)

    def response_change(self, request, obj):
        return getattr(request, "answer", None) or super().response_change(request, obj)

    # What else may be refused

    def response_action(self, request, queryset):
        if request.POST.get("select_across") == "1":
            # All that is listed, which is no more than the list counts.
            listed = self.get_paginator(request, queryset, self.list_per_page).found[:BOUND]
            queryset = self.get_queryset(request).filter(pk__in=listed)
        return self._or_told(request, super().response_action, request, queryset)

    def delete_view(self, request, object_id, extra_context=None):
        return self._or_told(request, super().delete_view, request, object_id, extra_context)

    def _or_told(self, request, view: Callable, *args) -> HttpResponse:
        try:
            with self.attempt():
                return view(*args)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())

    # History

    def history_view(self, request, object_id, extra_context=None):
        """Every change to a row and its parts; of a row that is gone too."""
        if not self.tracked:
            return super().history_view(request, object_id, extra_context)
        row = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        if row is None and not object_id.isdecimal():
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        changes = versions.coalesced(versions.history(row or self.model(pk=int(object_id))))
        if not changes:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(row) if row else None,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": row,
            "original": row,
            "opts": self.opts,
            "changes": changes,
        }
        return TemplateResponse(request, "admin/history.html", context)


class _Returned:
    """A form that is not saved: it comes back as it was typed and says why."""

    def clean(self):
        self.add_error(None, self.why)
        return super().clean()


def who(change: versions.Change) -> str:
    """Who made it: a person, a key of the API, or the database role that was connected."""
    return str(change.user or change.key or change.database_user)


def what(changes: list[versions.Change]) -> list[str]:
    """The fields that changed, and the parts that came or went; each once."""
    names = []
    for change in changes:
        if change.label == "update":
            names += [difference.name for difference in change.differences]
        else:
            names.append(change.model_name)
    return list(dict.fromkeys(names))
