"""Feeds at the desk: which are polled, how that goes, and what came of each entry."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_value
from django.db.models import IntegerField, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import display

from claims.jobs import have_entry_taken_in, have_polled
from sources.admin import ReadOnlyAdmin
from sources.desk import ModelAdmin
from sources.forms import fetchable
from sources.lists import BOUND, AutocompleteFilter, ChoicesFilter, OptionsFilter, PeriodFilter
from sources.models import Entry, Feed, Polling

PAUSED, FAILING, NEW, POLLED = "paused", "failing", "new", "polled"
STATES = {
    POLLED: gettext_lazy("polled"),
    FAILING: gettext_lazy("failing"),
    NEW: gettext_lazy("not polled yet"),
    PAUSED: gettext_lazy("paused"),
}
IN_STATE = {
    POLLED: Q(active=True, polling__failures=0),
    FAILING: Q(polling__failures__gt=0),
    NEW: Q(active=True, polling=None),
    PAUSED: Q(active=False) & ~Q(polling__failures__gt=0),
}
STATE_COLOURS = {POLLED: "success", FAILING: "danger", NEW: "info", PAUSED: "warning"}
OUTCOME_COLOURS = {
    Entry.Outcome.WAITING: "info",
    Entry.Outcome.TAKEN_IN: "success",
    Entry.Outcome.OLD: "default",
    Entry.Outcome.PAYWALLED: "warning",
    Entry.Outcome.EMPTY: "warning",
    Entry.Outcome.REFUSED: "danger",
    Entry.Outcome.FAILED: "danger",
}


def state(feed: Feed) -> str:
    """One that its site gave up fails, until an editor pauses it or has it polled again."""
    polling = getattr(feed, "polling", None)
    if polling and polling.failures:
        return FAILING
    if not feed.active:
        return PAUSED
    return POLLED if polling else NEW


def pause(feeds: Iterable[Feed]) -> None:
    """Poll them no longer: then they do not fail either."""
    Feed.objects.filter(pk__in=[feed.pk for feed in feeds]).update(active=False)
    Polling.objects.filter(feed__in=feeds).update(failures=0, reason="")


class StateFilter(OptionsFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return list(STATES.items())

    def queryset(self, request, queryset):
        return queryset.filter(IN_STATE[self.value()]) if self.value() in IN_STATE else queryset


class Counted(Subquery):
    """How many rows a query has."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class FeedForm(forms.ModelForm):
    def clean_url(self):
        return fetchable(self.cleaned_data["url"])


@admin.register(Feed)
class FeedAdmin(ModelAdmin):
    form = FeedForm
    list_display = [
        "name", "publisher", "shown_state", "polled_at", "due_at", "failures", "reason", "entries",
    ]  # fmt: skip
    list_display_links = ["name"]
    list_filter = [StateFilter, ("publisher", AutocompleteFilter)]
    sortable_by = ["name", "polled_at", "due_at", "failures"]
    list_select_related = ["publisher", "polling"]
    search_fields = ["search"]
    autocomplete_fields = ["publisher"]
    fields = ["url", "title", "publisher", "active"]
    told = ["polled_at", "succeeded_at", "due_at", "rhythm", "failures", "reason", "entries"]
    actions = ["poll_now", "pause", "resume"]

    def get_queryset(self, request):
        """With the number of their entries, as far as lists count."""
        entries = Entry.objects.filter(feed=OuterRef("pk")).order_by().values("pk")[: BOUND + 1]
        return super().get_queryset(request).annotate(entry_count=Counted(entries))

    def get_fields(self, request, obj=None):
        return self.fields + (self.told if obj else [])

    def get_readonly_fields(self, request, obj=None):
        return self.told if obj else []

    def has_delete_permission(self, request, obj=None):
        """Its entries are known for ever, and so is where they came from."""
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change or {"url", "active"} & set(form.changed_data):
            have_polled(obj.pk) if obj.active else pause([obj])

    @display(description=gettext_lazy("feed"), ordering="title")
    def name(self, feed):
        if not feed.title:
            return feed.url
        return format_html('<div class="claim">{}<small>{}</small></div>', feed.title, feed.url)

    @display(description=gettext_lazy("state"), label=STATE_COLOURS)
    def shown_state(self, feed):
        return state(feed), STATES[state(feed)]

    @display(description=gettext_lazy("latest poll"), ordering="polling__polled_at")
    def polled_at(self, feed):
        return self._polling(feed, "polled_at")

    @display(description=gettext_lazy("latest success"))
    def succeeded_at(self, feed):
        return self._polling(feed, "succeeded_at")

    @display(description=gettext_lazy("next poll"), ordering="polling__due_at")
    def due_at(self, feed):
        return self._polling(feed, "due_at") if feed.active else None

    @display(description=gettext_lazy("rhythm"))
    def rhythm(self, feed):
        if (interval := self._polling(feed, "interval")) is None:
            return None
        minutes = round(max(interval, feed.polling.at_least).total_seconds() / 60)
        return ngettext("every minute", "every %(count)d minutes", minutes) % {"count": minutes}

    @display(description=gettext_lazy("failures in a row"), ordering="polling__failures")
    def failures(self, feed):
        return self._polling(feed, "failures") or None

    @display(description=gettext_lazy("why it fails"))
    def reason(self, feed):
        return self._polling(feed, "reason") or None

    @display(description=gettext_lazy("entries"))
    def entries(self, feed):
        url = reverse("admin:sources_entry_changelist")
        url += f"?feed__id__exact={feed.pk}"
        more = feed.entry_count > BOUND
        count = _("more than %(count)d") % {"count": BOUND} if more else feed.entry_count
        return format_html('<a class="link" href="{}">{}</a>', url, count)

    @staticmethod
    def _polling(feed, name: str):
        value = getattr(getattr(feed, "polling", None), name, None)
        # On its own page a time is not shown as one otherwise.
        return display_for_value(value, "") if isinstance(value, datetime) else value

    @admin.action(description=gettext_lazy("Poll now"), permissions=["change"])
    def poll_now(self, request, queryset):
        feeds = queryset.filter(active=True)
        for feed in feeds:
            have_polled(feed.pk)
        said = ngettext(
            "%(count)d feed is polled in the background.",
            "%(count)d feeds are polled in the background.",
            len(feeds),
        )
        messages.success(request, said % {"count": len(feeds)})

    @admin.action(description=gettext_lazy("Pause"), permissions=["change"])
    def pause(self, request, queryset):
        feeds = list(queryset)
        pause(feeds)
        said = ngettext("%(count)d feed is paused.", "%(count)d feeds are paused.", len(feeds))
        messages.success(request, said % {"count": len(feeds)})

    @admin.action(description=gettext_lazy("Poll again what is not polled"), permissions=["change"])
    def resume(self, request, queryset):
        paused = [feed.pk for feed in queryset.filter(active=False)]
        Feed.objects.filter(pk__in=paused).update(active=True)
        for pk in paused:
            have_polled(pk)
        said = ngettext(
            "%(count)d feed is polled again.", "%(count)d feeds are polled again.", len(paused)
        )
        messages.success(request, said % {"count": len(paused)})


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = [
        "name",
        "feed",
        "published_at",
        "seen_at",
        "shown_outcome",
        "reason",
        "document",
    ]
    list_display_links = ["name"]
    list_filter = [
        ("outcome", ChoicesFilter),
        ("feed", AutocompleteFilter),
        ("seen_at", PeriodFilter),
    ]
    search_fields = ["search"]
    fields = [
        "title", "link", "feed", "key", "published_at", "seen_at", "outcome", "reason", "document",
    ]  # fmt: skip
    readonly_fields = fields
    actions = ["take_in_again"]

    def get_queryset(self, request):
        """With the document of each, without any of the texts."""
        entries = super().get_queryset(request).select_related("feed", "snapshot__document")
        return entries.defer("text", "snapshot__text", "snapshot__original")

    def has_again_permission(self, request):
        return request.user.has_perm("sources.change_feed")

    @display(description=gettext_lazy("entry"))
    def name(self, entry):
        return str(entry)

    @display(description=gettext_lazy("address"))
    def link(self, entry):
        if not entry.url:
            return None
        return format_html('<a class="link" href="{0}" rel="noreferrer">{0}</a>', entry.url)

    @display(description=gettext_lazy("outcome"), label=OUTCOME_COLOURS)
    def shown_outcome(self, entry):
        return entry.outcome, entry.get_outcome_display()

    @display(description=gettext_lazy("document"))
    def document(self, entry):
        if not entry.snapshot:
            return None
        document = entry.snapshot.document
        url = reverse("admin:sources_document_change", args=[document.pk])
        return format_html('<a class="link" href="{}">{}</a>', url, document)

    @admin.action(
        description=gettext_lazy("Take in what was not, once more"), permissions=["again"]
    )
    def take_in_again(self, request, queryset):
        entries = queryset.exclude(outcome=Entry.Outcome.TAKEN_IN).exclude(url=None, text="")
        ids = list(entries.values_list("pk", flat=True))
        Entry.objects.filter(pk__in=ids).update(outcome=Entry.Outcome.WAITING, reason="")
        for pk in ids:
            have_entry_taken_in(pk)
        said = ngettext(
            "%(count)d entry is taken in, in the background.",
            "%(count)d entries are taken in, in the background.",
            len(ids),
        )
        messages.success(request, said % {"count": len(ids)})
