"""Keys of the API at the desk: made, shown once, revoked; and how much each is used."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.db.models import F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from claims.admin.base import RecordAdmin
from claims.api.keys.drawn import DAYS, KINDS, drawn_usage
from claims.api.keys.make import make, revoke
from claims.models import ApiKey, KeyUsage
from sources.lists import OptionsFilter, PeriodFilter

IN_FORCE, EXPIRED, REVOKED = "in_force", "expired", "revoked"
STATES = {
    IN_FORCE: gettext_lazy("in force"),
    EXPIRED: gettext_lazy("expired"),
    REVOKED: gettext_lazy("revoked"),
}
COLOURS = {IN_FORCE: "success", EXPIRED: "warning", REVOKED: "danger"}
LIMITS = ["requests_a_minute", "requests_a_day", "extractions_a_day"]


def state(key: ApiKey) -> str:
    if key.revoked_at:
        return REVOKED
    return EXPIRED if key.is_expired(timezone.localdate()) else IN_FORCE


class StateFilter(OptionsFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return list(STATES.items())

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "in_force":
                return queryset.in_force(today)
            case "expired":
                return queryset.expired(today)
            case "revoked":
                return queryset.revoked()
        return queryset


class ScopeFilter(OptionsFilter):
    title = gettext_lazy("scope")
    parameter_name = "scope"

    def lookups(self, request, model_admin):
        return ApiKey.Scope.choices

    def queryset(self, request, queryset):
        return queryset.filter(scopes__contains=[self.value()]) if self.value() else queryset


class ApiKeyForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Scopes"),
        choices=ApiKey.Scope.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
        help_text=gettext_lazy("Besides reading. None of them publishes anything."),
    )

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if "expires_on" in self.changed_data and day and day < timezone.localdate():
            raise forms.ValidationError(_("That day is over: to end a key now, revoke it."))
        return day


@admin.register(ApiKey)
class ApiKeyAdmin(RecordAdmin):
    """For chiefs. What a key may do can be changed; the key itself is never shown again."""

    form = ApiKeyForm
    list_display = [
        "shown_name", "prefix", "shown_scopes", "shown_state", "today", "lately", "last_used",
        "made_at",
    ]  # fmt: skip
    list_display_links = ["shown_name"]
    list_filter = [StateFilter, ScopeFilter, ("made_at", PeriodFilter)]
    sortable_by = ["made_at"]
    search_fields = ["search"]
    change_form_outer_after_template = "admin/api_keys/usage.html"
    actions_submit_line = ["revoke"]
    reason_help = gettext_lazy("Where it leaked, say, or who asked for it.")

    class Media:
        css = {"all": ["desk/plots.css"]}

    def rows(self, request):
        return super().get_queryset(request)

    def get_queryset(self, request):
        """With how much each was used."""
        today = timezone.localdate()
        return (
            super()
            .get_queryset(request)
            .annotate(
                today=_requests(day=today),
                lately=_requests(day__gt=today - timedelta(days=DAYS)),
                last_used=Subquery(_usage().order_by("-day").values("last_at")[:1]),
            )
        )

    def get_fieldsets(self, request, obj=None):
        fieldsets = [
            (None, {"fields": ["name", "contact", "scopes", "expires_on"]}),
            (_("Limits"), {"fields": LIMITS, "description": _usual()}),
        ]
        if obj is None:
            return fieldsets
        told = ["prefix", "made_by", "made_at", "revoked_by", "revoked_at"]
        return [*fieldsets, (_("Key"), {"fields": told[: None if obj.revoked_at else 3]})]

    def get_readonly_fields(self, request, obj=None):
        return ["prefix", "made_by", "made_at", "revoked_by", "revoked_at"] if obj else []

    def has_change_permission(self, request, obj=None):
        """What is revoked stays as it is."""
        revoked = obj is not None and obj.revoked_at is not None
        return not revoked and super().has_change_permission(request, obj)

    def has_revoke_permission(self, request, object_id=None):
        return self.has_change_permission(request)

    def get_actions_submit_line(self, request, object_id):
        key = self.get_object(request, object_id)
        if key is None or key.revoked_at:
            return []
        return super().get_actions_submit_line(request, object_id)

    # Made, and shown once

    def add_view(self, request, form_url="", extra_context=None):
        """With one button: what follows is the page that shows the key."""
        one = {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().add_view(request, form_url, one)

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            request.written = make(obj, request.user)

    def response_add(self, request, obj, post_url_continue=None):
        """The only page that ever shows it; it is not kept for another, nor in the session."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("The key of %(name)s") % {"name": obj.name},
            "opts": self.opts,
            "key": obj,
            "written": request.written,
        }
        return TemplateResponse(request, "admin/api_keys/made.html", context)

    @action(description=gettext_lazy("Revoke"), permissions=["revoke"])
    def revoke(self, request, key):
        revoke(key, request.user, request.POST.get("reason", "").strip())
        messages.success(request, _("It opens nothing any more, from now on."))

    # Shown

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            context["usage"] = drawn_usage(obj, timezone.localdate())
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @display(description=gettext_lazy("name"))
    def shown_name(self, key):
        return format_html('<div class="claim">{}<small>{}</small></div>', key.name, key.contact)

    @display(description=gettext_lazy("scopes"))
    def shown_scopes(self, key):
        return ", ".join(["read", *key.scopes])

    @display(description=gettext_lazy("state"), label=COLOURS)
    def shown_state(self, key):
        return state(key), STATES[state(key)]

    @display(description=gettext_lazy("requests today"))
    def today(self, key):
        return key.today

    @display(description=gettext_lazy("in 30 days"))
    def lately(self, key):
        return key.lately

    @display(description=gettext_lazy("last used"))
    def last_used(self, key):
        return key.last_used


def _usage(**of):
    return KeyUsage.objects.filter(Q(key=OuterRef("pk")), **of)


def _requests(**of) -> Coalesce:
    """How many there were, of every kind."""
    every = sum((F(kind) for kind in KINDS[1:]), F(KINDS[0]))
    counted = _usage(**of).values("key").values(counted=Sum(every))
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _usual() -> str:
    usual = ApiKey().limits
    return _(
        "As usual: %(a_minute)s requests a minute, %(a_day)s a day, %(extractions)s extractions."
    ) % {
        "a_minute": number_format(usual.a_minute, force_grouping=True),
        "a_day": number_format(usual.a_day, force_grouping=True),
        "extractions": number_format(usual.extractions, force_grouping=True),
    }
