"""Imports at the desk: a file is brought, each row's fate shown, and then carried out."""

import csv
from collections.abc import Iterator

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminTextInputWidget,
)

from claims import importing
from claims.exchange.cells import harmless
from claims.exchange.tables import TABLES
from claims.exchange.write import MARK, MEDIA_TYPES, as_csv
from claims.jobs import have_import_run
from claims.models import Import, ImportRow
from sources.desk import ModelAdmin
from sources.forms import fetchable
from sources.lists import ChoicesFilter

PER_PAGE = 100
COLOURS = {
    Import.State.CHECKED: "warning",
    Import.State.CHECKING: "info",
    Import.State.IMPORTING: "info",
    Import.State.DONE: "success",
    Import.State.FAILED: "danger",
}
LISTS = {
    Import.Kind.CLAIMS: "claims_claim",
    Import.Kind.SPEAKERS: "claims_speaker",
    Import.Kind.VERIFICATIONS: "claims_verification",
    Import.Kind.CLAIM_REVIEWS: "claims_claimreview",
}


class ImportForm(forms.ModelForm):
    """What is brought: a file, or where reviews of others are."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=UnfoldAdminFileFieldWidget(),
        help_text=gettext_lazy("CSV, XLSX or JSON; of reviews JSON or a saved page."),
    )
    url = forms.URLField(
        label=gettext_lazy("Or an address"),
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=UnfoldAdminTextInputWidget(),
        help_text=gettext_lazy(
            "Of a page or feed with reviews of other fact-checkers (ClaimReview) only; it is "
            "fetched in the background."
        ),
    )

    class Meta:
        model = Import
        fields = ["kind"]
        widgets = {"kind": UnfoldAdminRadioSelectWidget()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = importing.kinds_for(self.user)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].initial = kinds[0] if kinds else None

    def clean_url(self):
        return fetchable(self.cleaned_data["url"]) if self.cleaned_data["url"] else ""

    def clean(self):
        data = super().clean()
        file, url = data.get("file"), data.get("url")
        if not self.errors and bool(file) == bool(url):
            self.add_error("file", _("Give a file, or the address of reviews."))
        if url and data.get("kind") != Import.Kind.CLAIM_REVIEWS:
            self.add_error("url", _("Only reviews are read from an address: bring a file."))
        return data


@admin.register(Import)
class ImportAdmin(ModelAdmin):
    form = ImportForm
    list_display = [
        "name", "kind", "shown_state", "added", "changed", "unchanged", "refused", "made_by",
        "made_at",
    ]  # fmt: skip
    list_filter = [("kind", ChoicesFilter), ("state", ChoicesFilter)]
    list_select_related = ["made_by"]
    fields = ["kind", "file", "url"]
    change_form_before_template = "admin/imports/columns.html"

    class Media:
        css = {"all": ["desk/exchange.css"]}

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<slug:kind>/empty.csv", view(self.empty_view), name="claims_import_empty"),
            path("<int:pk>/state/", view(self.state_view), name="claims_import_state"),
            path("<int:pk>/refused.csv", view(self.refused_view), name="claims_import_refused"),
            path("<int:pk>/step/<slug:step>/", view(self.step_view), name="claims_import_step"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request):
        return bool(importing.kinds_for(request.user))

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"user": request.user})

    @display(description=gettext_lazy("state"), label=COLOURS)
    def shown_state(self, import_):
        return import_.state, import_.get_state_display()

    # Bringing one

    def add_view(self, request, form_url="", extra_context=None):
        """With the columns of each table the user may bring."""
        kinds = [kind for kind in importing.kinds_for(request.user) if kind in TABLES]
        tables = [(kind, kind.label, _columns(kind)) for kind in kinds]
        context = {
            "tables": tables,
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
            **(extra_context or {}),
        }
        return super().add_view(request, form_url, context)

    def empty_view(self, request, kind):
        """A table without rows, to be filled in."""
        if kind not in TABLES or not importing.may_bring(request.user, kind):
            raise PermissionDenied
        table = TABLES[kind]()
        pieces = as_csv(table, table.model.objects.none())
        answer = HttpResponse("".join(pieces), content_type=MEDIA_TYPES["csv"])
        answer["Content-Disposition"] = content_disposition_header(True, f"{table.name}.csv")
        return answer

    def save_model(self, request, obj, form, change):
        """It is looked at at once if it is small; what is shown afterwards is its page."""
        data = form.cleaned_data
        file = data.get("file")
        name = file.name if file else data["url"]
        brought = importing.bring(data["kind"], name, file, request.user)
        if importing.is_quick(brought):
            importing.go_on(brought)
        else:
            have_import_run(brought)
        obj.pk = brought.pk

    def log_addition(self, request, obj, message):
        """The import itself tells who brought it."""

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(reverse("admin:claims_import_change", args=[obj.pk]))

    # Its page

    def change_view(self, request, object_id, form_url="", extra_context=None):
        import_ = self.get_object(request, object_id)
        if import_ is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, import_):
            raise PermissionDenied
        rows = import_.rows.all()
        fate = request.GET.get("fate")
        if fate in ImportRow.Fate.values:
            rows = rows.filter(fate=fate)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        reviews = import_.kind == Import.Kind.CLAIM_REVIEWS
        read_from = "?" + urlencode({"read_from": import_.name}) if reviews else ""
        context = {
            **self.admin_site.each_context(request),
            "title": str(import_),
            "opts": self.opts,
            "media": self.media,
            "import": import_,
            "page": page,
            "rows": _with_addresses(page.object_list, import_),
            "fate": fate,
            "fates": self._fates(import_),
            "may": importing.may_bring(request.user, import_.kind),
            "list": reverse(f"admin:{LISTS[import_.kind]}_changelist") + read_from,
            "reviews": reviews,
        }
        return TemplateResponse(request, "admin/imports/import.html", context)

    @staticmethod
    def _fates(import_: Import) -> list[tuple[str, str, int]]:
        Fate = ImportRow.Fate  # noqa: N806
        return [
            (Fate.NEW, Fate.NEW.label, import_.added),
            (Fate.CHANGED, Fate.CHANGED.label, import_.changed),
            (Fate.UNCHANGED, Fate.UNCHANGED.label, import_.unchanged),
            (Fate.REFUSED, Fate.REFUSED.label, import_.refused),
        ]

    def state_view(self, request, pk):
        """What its page asks for again and again, until there is more to see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        import_ = get_object_or_404(Import, pk=pk)
        answer = render(request, "admin/imports/_state.html", {"import": import_})
        if not import_.is_at_work:
            answer["HX-Refresh"] = "true"
        return answer

    def step_view(self, request, pk, step):
        """Carry it out, check it again, or leave it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        import_ = get_object_or_404(Import, pk=pk)
        with transaction.atomic():
            match step:
                case "confirm":
                    leaves_out = request.POST.get("refused") == "leave-out"
                    begun = importing.confirm(import_, request.user, leaves_out=leaves_out)
                case "check":
                    begun = importing.check_again(import_, request.user)
                case "cancel":
                    begun = importing.cancel(import_, request.user)
                case _:
                    raise Http404
            quick = importing.is_quick(import_)
            if begun and import_.is_at_work and not quick:
                have_import_run(import_)
        if begun:
            if quick:
                importing.go_on_now(import_)
            self._tell(request, import_)
        else:
            messages.warning(request, _("Somebody did that already."))
        return HttpResponseRedirect(reverse("admin:claims_import_change", args=[pk]))

    @staticmethod
    def _tell(request, import_: Import) -> None:
        match import_.state:
            case Import.State.DONE:
                count = import_.added + import_.changed
                said = ngettext("%(count)d row imported.", "%(count)d rows imported.", count)
                messages.success(request, said % {"count": count})
            case Import.State.CANCELLED:
                messages.success(request, _("Nothing was imported."))
            case Import.State.FAILED:
                messages.error(request, import_.reason)

    def refused_view(self, request, pk):
        """The refused rows as they were given, each with the reason: to correct and bring again."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        import_ = get_object_or_404(Import, pk=pk)
        answer = StreamingHttpResponse(_refused(import_), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = content_disposition_header(True, _("refused") + ".csv")
        return answer


def _columns(kind: str) -> list[tuple[str, str]]:
    """Heading and name of each column that is read."""
    columns = [column for column in TABLES[kind].columns if not column.told]
    return [(str(column.label), column.name) for column in columns]


class _Echo:
    def write(self, line: str) -> str:
        return line


def _refused(import_: Import) -> Iterator[str]:
    rows = import_.rows.filter(fate=ImportRow.Fate.REFUSED)
    headings: dict[str, bool] = {}
    if import_.kind in TABLES:
        for cells in rows.values_list("cells", flat=True).iterator():
            headings |= dict.fromkeys(cells, True)
    out = csv.writer(_Echo(), delimiter=";")
    yield MARK + out.writerow([*headings, _("row"), _("refused because")])
    for row in rows.iterator():
        cells = [harmless(_shown(row.cells.get(heading, ""))) for heading in headings]
        why = " / ".join(_sentence(problem) for problem in row.problems)
        yield out.writerow([*cells, row.number, harmless(why)])


def _shown(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _sentence(problem: dict[str, str]) -> str:
    return ": ".join(filter(None, [problem["column"], problem["sentence"]]))


def _with_addresses(rows, import_: Import) -> list[ImportRow]:
    """Each with ``address``, the page of its row in the record, if there is one."""
    rows = list(rows)
    table = TABLES.get(import_.kind)
    ids = {row.row_id for row in rows if row.row_id}
    known = (
        dict(table.model.objects.filter(public_id__in=ids).values_list("public_id", "pk"))
        if table and ids
        else {}
    )
    for row in rows:
        pk = known.get(row.row_id)
        row.address = pk and reverse(f"admin:{LISTS[import_.kind]}_change", args=[pk])
    return rows
