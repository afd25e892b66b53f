"""The desk's lists: they open as fast with a million rows as with a thousand.

Nothing is counted beyond ``BOUND`` and pages end there; columns sort where an index carries it; no
filter lists the rows of a table that grows. What no longer holds is told and shows nothing, rather
than everything.
"""

from datetime import date, datetime, time, timedelta

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
)
from unfold.views import ChangeList
from unfold.widgets import INPUT_CLASSES, UnfoldAdminSelectWidget

from sources.fields import PartialDateField
from sources.models import SavedFilter
from sources.partial_date import PartialDate
from sources.search import Typed, corrected

BOUND = 1000


class BoundedPaginator(Paginator):
    """Finds up to ``BOUND`` rows; ``more`` says whether there are more, which have no page.

    What the rows of a page show is loaded for them alone: from ``rows``, which are all there are.
    """

    template_name = "admin/lists/pagination.html"
    bound = BOUND

    def __init__(self, found: models.QuerySet, per_page: int, rows: models.QuerySet):
        super().__init__(found, per_page)
        self.rows = rows

    @cached_property
    def found(self) -> list[int]:
        return list(self.object_list.values_list("pk", flat=True)[: BOUND + 1])

    @property
    def count(self) -> int:
        return min(len(self.found), BOUND)

    @property
    def more(self) -> bool:
        return len(self.found) > BOUND

    def page(self, number) -> Page:
        number = self.validate_number(number)
        last = min(number * self.per_page, BOUND)
        found = self.found[(number - 1) * self.per_page : last]
        rows = self.rows.in_bulk(found) if found else {}
        return Page([rows[pk] for pk in found if pk in rows], number, self)


class Listing(ChangeList):
    """A list of the desk. ``unfit`` is whether its filters ask for what is not there."""

    def __init__(self, request, *args, **kwargs):
        self.request = request
        self.unfit = False
        super().__init__(request, *args, **kwargs)

    def get_queryset(self, request, exclude_parameters=None):
        self.root_queryset = self.model_admin.rows(request)
        try:
            queryset = super().get_queryset(request, exclude_parameters)
            self.unfit = any(getattr(spec, "unfit", bool)() for spec in self.filter_specs)
        except (IncorrectLookupParameters, DisallowedModelAdminLookup):
            self.unfit = True
            self.params, self.filter_params, self.query = {}, {}, ""
            queryset = super().get_queryset(request, exclude_parameters)
        if not self.unfit:
            return queryset
        messages.error(
            request,
            _("Nothing is listed: these filters ask for something that is no longer there."),
        )
        return queryset.none()

    def get_filters(self, request):
        """What no filter of the list asks for is no filter."""
        found = super().get_filters(request)
        if found[2]:
            raise IncorrectLookupParameters
        return found

    def get_results(self, request):
        """The page asked for, or the last there is. There is no page with all of them."""
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        self.page_num = max(1, min(self.page_num, self.paginator.num_pages))
        self.result_list = self.paginator.page(self.page_num).object_list
        self.result_count = self.full_result_count = self.paginator.count
        self.multi_page = self.paginator.num_pages > 1
        self.show_full_result_count = self.can_show_all = False
        self.show_admin_actions = True

    def get_ordering_field(self, field_name):
        if self.sortable_by is not None and field_name not in self.sortable_by:
            return None
        return super().get_ordering_field(field_name)

    def _get_deterministic_ordering(self, ordering):
        """Rows alike in the first column come in its direction too, as in its index."""
        ordered = super()._get_deterministic_ordering(ordering)
        first = ordered[0]
        downwards = first.descending if isinstance(first, OrderBy) else first.startswith("-")
        if ordered[-1] == "-pk" and not downwards:
            ordered[-1] = "pk"
        return ordered

    # Saved filters

    @property
    def name(self) -> str:
        """What saved filters call this list."""
        return self.opts.label_lower

    @cached_property
    def kept(self) -> str:
        """The filters, words and order of this page as the query of an address; nothing else."""
        known = {SEARCH_VAR, ORDER_VAR}
        for spec in self.filter_specs:
            known |= set(spec.expected_parameters())
        pairs = [
            (name, value)
            for name, values in sorted(self.filter_params.items())
            for value in (values if isinstance(values, list) else [values])
            if name in known and value
        ]
        return urlencode(pairs)

    @cached_property
    def saved_filters(self) -> list[SavedFilter]:
        return list(SavedFilter.objects.open_to(self.request.user).of_list(self.name))


def search_results(request, queryset, text: str, tell: bool):
    """What ``search`` finds, as far as lists count; if that is nothing, with slips put right."""
    found = _first_found(queryset, text := Typed(text))
    if found or not (meant := corrected(text)):
        return queryset.filter(pk__in=found)
    if tell:
        said = _("Nothing was found for “%(typed)s”: this is for “%(meant)s”.")
        messages.info(request, said % {"typed": text, "meant": meant})
    return queryset.filter(pk__in=_first_found(queryset, meant))


def _first_found(queryset, text: str) -> list[int]:
    # As many as a list needs: for one alone the planner takes it for near, and reads on and on.
    return list(queryset.search(text).values_list("pk", flat=True)[: BOUND + 1])


# Filters


class SelectForm(forms.Form):
    """A native select with the few values there are."""

    def __init__(self, name: str, label: str, choices, *args, multiple: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[name] = forms.ChoiceField(
            label=label, required=False, choices=choices, widget=UnfoldAdminSelectWidget()
        )


class ChoicesFilter(ChoicesDropdownFilter):
    """One of a field's choices."""

    form_class = SelectForm

    def unfit(self) -> bool:
        return bool(self.value()) and self.value() not in dict(self.field.flatchoices)


class OptionsFilter(DropdownFilter):
    """One of a few options, each a condition of its own."""

    form_class = SelectForm

    def unfit(self) -> bool:
        return bool(self.value()) and self.value() not in dict(self.lookup_choices)


class AutocompleteFilter(AutocompleteSelectFilter):
    """One row of another table, looked for by typing; its table may be large."""

    def unfit(self) -> bool:
        if not self.value():
            return False
        rows = self.field.remote_field.model._base_manager
        return not rows.filter(pk=self.value()).exists()


class PeriodForm(forms.Form):
    def __init__(self, title: str, name: str, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {"from": _("%(what)s, from"), "to": _("%(what)s, until")}
        for end, label in labels.items():
            self.fields[f"{name}_{end}"] = forms.DateField(
                label=label % {"what": title},
                required=False,
                widget=forms.DateInput({"type": "date", "class": " ".join(INPUT_CLASSES)}),
            )


class PeriodFilter(admin.FieldListFilter):
    """From one day until another, both included, either open; of partial dates, what overlaps."""

    template = "unfold/filters/filters_field.html"
    form_class = PeriodForm

    def expected_parameters(self) -> list[str]:
        return [f"{self.field_path}_from", f"{self.field_path}_to"]

    def _asked(self) -> list[str]:
        return [(self.used_parameters.get(name) or [""])[-1] for name in self.expected_parameters()]

    def unfit(self) -> bool:
        return not self._form().is_valid()

    def _form(self) -> PeriodForm:
        given = dict(zip(self.expected_parameters(), self._asked(), strict=True))
        return PeriodForm(str(self.title), self.field_path, data=given)

    def queryset(self, request, queryset):
        form = self._form()
        if not form.is_valid():
            return queryset
        first, last = (form.cleaned_data[name] for name in self.expected_parameters())
        if first:
            queryset = queryset.filter(self._from(first))
        return queryset.filter(self._until(last)) if last else queryset

    def _from(self, day: date) -> Q:
        later = Q(**{f"{self.field_path}__gte": self._start(day)})
        if isinstance(self.field, PartialDateField):
            # What began before and is not over: the month and the year of that day.
            for around in (f"{day:%Y-%m}", f"{day:%Y}"):
                later |= Q(**{self.field_path: PartialDate.parse(around)})
        return later

    def _until(self, day: date) -> Q:
        return Q(**{f"{self.field_path}__lt": self._start(day + timedelta(days=1))})

    def _start(self, day: date) -> date | PartialDate:
        if isinstance(self.field, PartialDateField):
            return PartialDate.day(day)
        if isinstance(self.field, models.DateTimeField):
            return timezone.make_aware(datetime.combine(day, time.min))
        return day

    def choices(self, changelist):
        yield {"form": self._form()}


def by_period(model_admin, request) -> list | None:
    """The order of a list that is filtered by a period: by that period, the latest first."""
    for name in model_admin.list_filter:
        if isinstance(name, tuple) and issubclass(name[1], PeriodFilter):
            field = name[0]
            if request.GET.get(f"{field}_from") or request.GET.get(f"{field}_to"):
                nullable = model_admin.opts.get_field(field).null
                return [F(field).desc(nulls_last=True) if nullable else f"-{field}", "-id"]
    return None
