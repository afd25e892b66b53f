"""The background work at the desk: what waits, what failed and why, and running it again."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, CharField, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, NullIf
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from procrastinate.contrib.django.models import ProcrastinateJob
from unfold.decorators import display

from background.models import Job
from background.progress import progress
from background.queue import run_again
from claims.admin.job_state import state_of
from sources.desk import ModelAdmin
from sources.lists import OptionsFilter
from sources.models import Document, Entry, Feed, SubmittedItem

admin.site.unregister(ProcrastinateJob)  # Its own page changes what it likes, in English.

STATUSES = {
    "todo": gettext_lazy("waiting"),
    "doing": gettext_lazy("at work"),
    "failed": gettext_lazy("failed"),
    "succeeded": gettext_lazy("done"),
    "cancelled": gettext_lazy("cancelled"),
    "aborted": gettext_lazy("broken off"),
}
BY_THE_CLOCK = [
    "poll_due", "count_figures", "tidy", "forget_imports", "forget", "settle", "tell_subscribers",
    "deliver_due", "forget_events", "dump",
]  # fmt: skip
COLOURS = {"todo": "warning", "doing": "info", "failed": "danger", "succeeded": "success"}


class StatusFilter(OptionsFilter):
    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return list(STATUSES.items())

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Job)
class JobAdmin(ModelAdmin):
    """Whoever sees fetches sees jobs; whoever decides on claims runs them again."""

    list_before_template = "admin/background/job/progress.html"
    change_form_before_template = "admin/background/job/state.html"
    list_display = ["about", "shown_status", "tried", "not_before", "reason"]
    list_display_links = ["about"]
    list_filter = [StatusFilter]
    list_select_related = ["failure"]
    ordering = ["-pk"]
    fields = ["about", "tried", "not_before", "reason"]
    actions = ["run_again"]

    def get_queryset(self, request):
        """With the title of the document that is read, of the feed or of its entry.

        Without what the clock began and went well: there is some every minute.
        """
        by_the_clock = Q(task_name__in=BY_THE_CLOCK, status="succeeded")
        jobs = super().get_queryset(request).exclude(by_the_clock)
        for name in ("snapshot", "feed", "entry", "item", "document"):
            pk = Cast(KT(f"args__{name}_id"), BigIntegerField())
            jobs = jobs.alias(**{name: pk})
        name = Coalesce(NullIf("title", Value("")), "url", output_field=CharField())
        return jobs.annotate(
            title=Coalesce(
                Subquery(Document.objects.filter(snapshots=OuterRef("snapshot")).values("title")),
                Subquery(Document.objects.filter(pk=OuterRef("document")).values("title")),
                Subquery(Feed.objects.filter(pk=OuterRef("feed")).values(name=name)),
                Subquery(Entry.objects.filter(pk=OuterRef("entry")).values(name=name)),
                Subquery(SubmittedItem.objects.filter(pk=OuterRef("item")).values("name")),
            )
        )

    def get_urls(self):
        """With what their pages ask for again and again."""
        view = self.admin_site.admin_view
        return [
            path("progress/", view(self.progress_view), name="background_job_progress"),
            path("<int:pk>/state/", view(self.state_view), name="background_job_state"),
            *super().get_urls(),
        ]

    def progress_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return render(request, self.list_before_template, {"progress": progress()})

    def state_view(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        job = get_object_or_404(Job, pk=pk)
        context = {"original": job, "state": state_of(job)}
        return render(request, self.change_form_before_template, context)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"progress": progress(), **(extra_context or {})})

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["state"] = state_of(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("sources.view_fetch")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_decide_permission(self, request):
        return request.user.has_perm("claims.decide_claim")

    @display(description=gettext_lazy("job"))
    def about(self, job):
        match job.task_name:
            case "read":
                return _("Read “%(title)s”") % {"title": job.title}
            case "date":
                return _("Date the claims of “%(title)s”") % {"title": job.title}
            case "cite":
                return _("Fetch %(url)s as evidence") % job.args
            case "fetch_source":
                return _("Fetch the source “%(title)s”") % {"title": job.title}
            case "poll":
                return _("Poll “%(title)s”") % {"title": job.title}
            case "take_in_entry" | "take_in_submitted":
                return _("Take in “%(title)s”") % {"title": job.title}
            case "run_import":
                return _("Import “%(name)s”") % job.args
            case "forget_imports":
                return _("Forget old imports")
            case "forget":
                return _("Forget who wrote to the newsroom")
            case "purge":
                return _("Tell the CDN what changed")
            case "settle":
                return _("Tell the change log what changed")
            case "tell_subscribers":
                return _("Tell the webhooks what happened")
            case "deliver":
                return _("Deliver to a webhook")
            case "deliver_due":
                return _("Look for deliveries to webhooks")
            case "dump":
                return _("Make the nightly dump")
            case "forget_events":
                return _("Forget old deliveries to webhooks")
            case "poll_due":
                return _("Look for feeds to poll")
            case "count_figures":
                return _("Count the figures anew")
            case "tidy":
                return _("Forget old jobs")
        return job.task_name

    @display(description=gettext_lazy("status"), label=COLOURS)
    def shown_status(self, job):
        return job.status, STATUSES.get(job.status, job.status)

    @display(description=gettext_lazy("attempts"))
    def tried(self, job):
        return job.attempts

    @display(description=gettext_lazy("not before"))
    def not_before(self, job):
        return job.scheduled_at

    @display(description=gettext_lazy("latest failure"))
    def reason(self, job):
        return job.reason

    @admin.action(description=gettext_lazy("Run again what failed"), permissions=["decide"])
    def run_again(self, request, queryset):
        count = sum(run_again(job) for job in queryset.filter(status="failed"))
        said = ngettext("%(count)d job runs again.", "%(count)d jobs run again.", count)
        messages.success(request, said % {"count": count})
