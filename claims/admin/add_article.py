"""Add an article: a text, addresses or files in, and the page that tells how it goes."""

import hashlib
from uuid import uuid4

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from unfold.decorators import display

from claims.admin.article_form import ArticleForm, MissingForm, OriginForm
from claims.admin.submission_state import state_of
from claims.gates import Closed
from claims.models import Message
from claims.submit import SUBMIT, submit, submit_again, tell
from sources.admin import ReadOnlyAdmin
from sources.models import Document, Publisher, Submission, SubmittedItem

SUGGESTED = 20  # publishers at once


def candidates_of(document: int) -> str:
    """The address of the candidates of a document."""
    return f"{reverse('admin:claims_claim_inbox')}?document={document}"


class WhoseFilter(admin.SimpleListFilter):
    title = gettext_lazy("handed over by")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("all", _("everybody"))]

    def choices(self, changelist):
        mine, everybody = super().choices(changelist)
        return [mine | {"display": _("me")}, everybody]

    def queryset(self, request, queryset):
        return queryset if self.value() == "all" else queryset.filter(by=request.user)


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """Whoever decides on claims adds articles; the list is of one's own, the last first."""

    list_display = ["what", "at", "by", "outcome"]
    list_display_links = ["what"]
    list_filter = [WhoseFilter]
    list_select_related = ["by"]
    show_full_result_count = False

    def get_queryset(self, request):
        """With what came of their items, and the names of those."""
        items = SubmittedItem.objects.only("name", "submission")
        return (
            super()
            .get_queryset(request)
            .annotate(
                waiting=Count("items", Q(items__status="waiting")),
                taken_in=Count("items", Q(items__status__in=["taken_in", "known"])),
                refused=Count("items", Q(items__status="refused")),
            )
            .prefetch_related(Prefetch("items", items))
        )

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("publishers/", view(self.publishers_view), name="sources_submission_publishers"),
            path(
                "<int:pk>/progress/",
                view(self.progress_view),
                name="sources_submission_progress",
            ),
            path(
                "<int:pk>/again/",
                view(require_POST(self.again_view)),
                name="sources_submission_again",
            ),
            path(
                "<int:pk>/missing/",
                view(require_POST(self.missing_view)),
                name="sources_submission_missing",
            ),
            *super().get_urls(),
        ]

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(SUBMIT)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return self.has_view_permission(request)

    @display(description=gettext_lazy("articles"))
    def what(self, submission):
        return str(submission)

    @display(description=gettext_lazy("outcome"))
    def outcome(self, submission):
        said = {
            "waiting": ngettext("%(count)d waits", "%(count)d wait", submission.waiting),
            "taken_in": ngettext("%(count)d added", "%(count)d added", submission.taken_in),
            "refused": ngettext("%(count)d refused", "%(count)d refused", submission.refused),
        }
        counts = ((text, getattr(submission, name)) for name, text in said.items())
        return ", ".join(text % {"count": count} for text, count in counts if count)

    # Handing over

    def add_view(self, request, form_url="", extra_context=None):
        self._check(request)
        initial = {"key": uuid4()} | _sent_in(request)
        form = ArticleForm(request.POST or None, request.FILES or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            submission = submit(form.items(), request.user, form.cleaned_data["key"])
            return _lead(request, reverse("admin:sources_submission_change", args=[submission.pk]))
        if request.method == "POST" and request.headers.get("HX-Request"):
            return render(request, "admin/add_article/errors.html", {"form": form}, status=422)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add an article"),
            "opts": self.opts,
            "form": form,
            "limits": {
                "text": settings.MAX_TEXT_BYTES,
                "file": settings.MAX_FILE_BYTES,
                "megabytes": settings.MAX_FILE_BYTES // 1_000_000,
                "files": settings.MAX_SUBMITTED_FILES,
                "together": settings.MAX_SUBMISSION_BYTES,
            },
        }
        return render(request, "admin/add_article/form.html", context)

    def publishers_view(self, request):
        """The names of publishers that hold what was typed, as options."""
        self._check(request)
        typed = request.GET.get("publisher", "").strip()
        named = Publisher.objects.filter(name__icontains=typed)
        names = named.values_list("name", flat=True)[:SUGGESTED]
        return render(request, "admin/add_article/publishers.html", {"names": names})

    # How it goes

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self._check(request)
        submission = self.get_object(request, object_id)
        if submission is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Articles added"),
            "opts": self.opts,
            **self._shown(request, submission, state_of(submission)),
        }
        return render(request, "admin/add_article/status.html", context)

    def progress_view(self, request, pk):
        """What changed since the page was shown, or asked the last time."""
        self._check(request)
        submission = get_object_or_404(Submission, pk=pk)
        state = state_of(submission)
        if state.finished and (document := state.straight_to):
            return _lead(request, candidates_of(document))
        shown = self._shown(request, submission, state)
        if request.GET.get("seen") == shown["seen"]:
            return HttpResponse(status=204)
        return render(request, "admin/add_article/progress.html", shown)

    def _shown(self, request, submission, state) -> dict:
        """The part of the page that is asked for again, and a digest of what it shows."""
        for each in state.items:
            if each.document:
                each.candidates_url = candidates_of(each.document.pk)
            if state.finished and each.missing:
                each.form = MissingForm(each.document, each.missing)
        context = {"submission": submission, "state": state}
        shown = render_to_string("admin/add_article/items.html", context, request)
        return context | {"shown": shown, "seen": hashlib.sha256(shown.encode()).hexdigest()[:16]}

    # What is left to do

    def again_view(self, request, pk):
        """Try once more what went wrong."""
        self._check(request)
        item = get_object_or_404(SubmittedItem, submission=pk, pk=_number(request, "item"))
        if not submit_again(item, request.user):
            messages.error(request, _("It is tried already, or cannot be tried again."))
        return redirect("admin:sources_submission_change", pk)

    def missing_view(self, request, pk):
        """Fill in what a document does not say of itself, then lead to its candidates."""
        self._check(request)
        documents = Document.objects.filter(snapshots__submitted_items__submission=pk).distinct()
        document = get_object_or_404(documents, pk=_number(request, "document"))
        names = [name for name in OriginForm.base_fields if name in request.POST]
        form = MissingForm(document, names, request.POST)
        faults = [error for errors in form.errors.values() for error in errors]
        if not faults:
            try:
                tell(document, form.origin, request.user)
            except Closed as closed:
                faults = [str(closed)]
        for fault in faults:
            messages.error(request, fault)
        if "then" in request.POST and not faults:
            return HttpResponseRedirect(candidates_of(document.pk))
        return redirect("admin:sources_submission_change", pk)

    def _check(self, request) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def _sent_in(request) -> dict[str, str]:
    """What a reader sent in, to begin with: the address, or else the words."""
    asked = request.GET.get("message", "")
    if not (asked.isdecimal() and request.user.has_perm("claims.view_message")):
        return {}
    message = Message.objects.filter(pk=asked).first()
    if message is None:
        return {}
    return {"addresses": message.address} if message.address else {"text": message.text}


def _number(request, name: str) -> int:
    """The id that a form sends; raises Http404 for what is none."""
    value = request.POST.get(name, "")
    if not value.isdecimal():
        raise Http404
    return int(value)


def _lead(request, address: str) -> HttpResponse:
    """Lead to an address, whoever asks: a page, or a part of it by htmx."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
