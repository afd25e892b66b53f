"""Webhooks at the desk: who is told of what, and how each delivery went."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from claims.jobs import have_delivered
from claims.models import Delivery, Subscription
from claims.sync import receivers
from claims.sync.deliver import again
from claims.sync.events import tell_test
from claims.sync.subscribe import renew_secret, subscribe
from sources.admin import ReadOnlyAdmin
from sources.desk import ModelAdmin
from sources.lists import ChoicesFilter, OptionsFilter
from sources.refused import Refused

COLOURS = {
    Delivery.Status.WAITING: "info",
    Delivery.Status.DELIVERED: "success",
    Delivery.Status.GIVEN_UP: "danger",
}


class SubscriptionFilter(OptionsFilter):
    title = gettext_lazy("webhook")
    parameter_name = "subscription"

    def lookups(self, request, model_admin):
        names = Subscription.objects.values_list("pk", "name")
        return [(str(pk), name) for pk, name in names]

    def queryset(self, request, queryset):
        chosen = dict(self.lookup_choices)
        return queryset.filter(subscription=self.value()) if self.value() in chosen else queryset


class SubscriptionForm(forms.ModelForm):
    events = forms.MultipleChoiceField(
        label=capfirst(gettext_lazy("events")),
        choices=Subscription.Type,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    def clean_address(self):
        try:
            receivers.read(self.cleaned_data["address"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return self.cleaned_data["address"]


@admin.register(Subscription)
class SubscriptionAdmin(ModelAdmin):
    form = SubscriptionForm
    list_display = ["name", "address", "active", "delivered_at", "note", "deliveries"]
    list_display_links = ["name"]
    list_filter = []
    fields = ["name", "address", "events", "active"]
    told = ["note", "delivered_at", "resume_at", "made_by", "made_at", "deliveries"]
    actions_submit_line = ["send_test", "renew_secret"]

    def get_fields(self, request, obj=None):
        return self.fields + (self.told if obj else [])

    def get_readonly_fields(self, request, obj=None):
        return self.told if obj else []

    def get_actions_submit_line(self, request, object_id):
        return super().get_actions_submit_line(request, object_id) if object_id else []

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """With room for what is done with this one: another is begun from the list."""
        one = {"show_save_and_add_another": False, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, one)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.made_by = request.user
            self._show(request, subscribe(obj))
            return
        if obj.active and "active" in form.changed_data:
            obj.note, obj.resume_at = "", None
        super().save_model(request, obj, form, change)

    def _show(self, request, secret: str) -> None:
        said = _("Its secret, which is shown this once: %(secret)s")
        messages.warning(request, said % {"secret": secret})

    @display(description=gettext_lazy("deliveries"))
    def deliveries(self, subscription):
        url = reverse("admin:claims_delivery_changelist")
        url += f"?subscription={subscription.pk}"
        return format_html('<a class="link" href="{}">{}</a>', url, _("show"))

    @action(description=gettext_lazy("Send a test"), permissions=["change"])
    def send_test(self, request, subscription):
        tell_test(subscription)
        messages.success(request, _("A test is on its way."))
        return HttpResponseRedirect(request.path)

    @action(description=gettext_lazy("Make a new secret"), permissions=["change"])
    def renew_secret(self, request, subscription):
        self._show(request, renew_secret(subscription))
        return HttpResponseRedirect(request.path)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = [
        "event_type", "subscription", "shown_status", "attempts", "code", "milliseconds",
        "tried_at", "due_at", "reason",
    ]  # fmt: skip
    list_display_links = ["event_type"]
    list_filter = [("status", ChoicesFilter), SubscriptionFilter]
    sortable_by = []  # No index carries another order than the latest first.
    list_select_related = ["subscription", "event"]
    fields = [
        "subscription", "event_type", "webhook_id", "plain_status", "attempts", "tried_at",
        "due_at", "code", "milliseconds", "answer", "reason", "body",
    ]  # fmt: skip
    readonly_fields = fields
    actions = ["deliver_again"]

    def has_again_permission(self, request):
        return request.user.has_perm("claims.change_subscription")

    @display(description=gettext_lazy("event"))
    def event_type(self, delivery):
        return delivery.event.type

    @display(description="webhook-id")
    def webhook_id(self, delivery):
        return delivery.event.pk

    @display(description=gettext_lazy("what is sent"))
    def body(self, delivery):
        return delivery.event.body

    @display(description=gettext_lazy("status"), label=COLOURS)
    def shown_status(self, delivery):
        return delivery.status, delivery.get_status_display()

    @display(description=gettext_lazy("status"))
    def plain_status(self, delivery):
        return delivery.get_status_display()

    @admin.action(description=gettext_lazy("Send again"), permissions=["again"])
    def deliver_again(self, request, queryset):
        deliveries = list(queryset)
        for delivery in deliveries:
            again(delivery)
            have_delivered(delivery.pk)
        said = ngettext(
            "%(count)d delivery is sent again.",
            "%(count)d deliveries are sent again.",
            len(deliveries),
        )
        messages.success(request, said % {"count": len(deliveries)})
