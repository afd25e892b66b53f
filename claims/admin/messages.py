"""What readers wrote, at the desk: taken in hand, answered or put aside, and what it leads to."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action, display

from claims.admin.base import RecordAdmin
from claims.handle import HANDLE, handle
from claims.merged import MERGES, end_of_merges
from claims.models import Claim, Correction, Development, Message, Verification
from claims.models.message import PERSONAL_DATA
from claims.pages.addresses import place
from claims.queues import waiting
from sources.lists import ChoicesFilter, PeriodFilter
from sources.models import Document

COLOURS = {
    Message.Status.NEW: "warning",
    Message.Status.IN_HAND: "info",
    Message.Status.ANSWERED: "success",
    Message.Status.SPAM: "danger",
}
STEPS = {
    "take_in_hand": Message.Status.IN_HAND,
    "mark_answered": Message.Status.ANSWERED,
    "mark_spam": Message.Status.SPAM,
    "put_back": Message.Status.NEW,
}
# What a message of a kind asks for, as a correction.
ANSWERS = {
    Message.Kind.CORRECTION: Correction.Kind.ERROR,
    Message.Kind.REPLY: Correction.Kind.RIGHT_OF_REPLY,
    Message.Kind.RECTIFICATION: Correction.Kind.ERROR,
}
SOON = 7  # days: of a right of reply, from the first
HANDLING = ["public_id", "received_at", "due", "status", "handled_by", "handled_at"]


def waiting_messages(request) -> str:
    """How many wait, for the menu; nothing where there are none."""
    found = waiting(Message.objects.new())
    return str(found) if found else ""


def concerned(message: Message):
    """The row whose public page a message is about, or the one it was merged into; None if its
    address is that of no row."""
    found = place(message.address)
    row = found and found[0].objects.filter(public_id=found[1]).first()
    return end_of_merges(row) if type(row) in MERGES else row


@admin.register(Message)
class MessageAdmin(RecordAdmin):
    """Read, and handed on: nobody changes what a reader wrote."""

    list_display = [
        "reference", "kind", "words", "shown_status", "due", "received_at", "handled_by",
    ]  # fmt: skip
    list_display_links = ["reference", "words"]
    list_filter = [
        ("status", ChoicesFilter),
        ("kind", ChoicesFilter),
        ("received_at", PeriodFilter),
    ]
    sortable_by = ["received_at"]
    list_select_related = ["handled_by"]
    fieldsets = [
        (None, {"fields": ["kind", "text", "shown_address", "next_steps"]}),
        (gettext_lazy("Sender"), {"fields": ["who", "language"]}),
        (gettext_lazy("Handling"), {"fields": HANDLING}),
    ]
    readonly_fields = [
        "kind", "text", "shown_address", "next_steps", "who", "language", *HANDLING,
    ]  # fmt: skip
    actions_submit_line = list(STEPS)
    actions = ["mark_selected_spam"]
    reason_help = gettext_lazy("What you found, or what you answered: for those who come after.")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_handle_permission(self, request, object_id=None):
        return request.user.has_perm(HANDLE)

    @display(description=gettext_lazy("reference"))
    def reference(self, message):
        return message.public_id

    @display(description=gettext_lazy("text"))
    def words(self, message):
        return Truncator(message.text).chars(90)

    @display(description=gettext_lazy("status"), label=COLOURS)
    def shown_status(self, message):
        return message.status, message.get_status_display()

    @display(
        description=gettext_lazy("to answer by"),
        label={"late": "danger", "soon": "warning", "later": "info"},
    )
    def due(self, message):
        """The last day the law leaves, and how many days that is from today."""
        if (day := message.due_on) is None:
            return None
        left = (day - timezone.localdate()).days
        if left < 0:
            told = ngettext("%(days)d day late", "%(days)d days late", -left)
        else:
            told = ngettext("%(days)d day left", "%(days)d days left", left)
        urgency = "late" if left < 0 else "soon" if left <= SOON else "later"
        return urgency, f"{date_format(day, 'SHORT_DATE_FORMAT')} · {told % {'days': abs(left)}}"

    @display(description=gettext_lazy("address"))
    def shown_address(self, message):
        if not message.address:
            return "—"
        return format_html(
            '<a class="link" href="{0}" rel="noreferrer nofollow">{0}</a>', message.address
        )

    @display(description=gettext_lazy("who wrote it"))
    def who(self, message):
        sender = getattr(message, "sender", None)
        return str(sender) if sender else _("not said, or erased since")

    @display(description=gettext_lazy("what to do with it"))
    def next_steps(self, message):
        links = [(address, label) for label, address in _leads(message)]
        return format_html_join(" · ", '<a class="link" href="{}">{}</a>', links) or "—"

    # Steps

    def get_actions_submit_line(self, request, object_id):
        """Those that would change something."""
        message = self.get_object(request, object_id)
        made = [name for name, status in STEPS.items() if message and status == message.status]
        return [
            each
            for each in super().get_actions_submit_line(request, object_id)
            if not any(each.action_name.endswith(f"_{name}") for name in made)
        ]

    def _handle(self, request, message, step: str) -> None:
        handle(message, STEPS[step], request.user, request.POST.get("reason", "").strip())
        said = _("Message %(reference)s: %(status)s.")
        values = {"reference": message.public_id, "status": message.get_status_display()}
        messages.success(request, said % values)

    @action(description=gettext_lazy("Take in hand"), permissions=["handle"])
    def take_in_hand(self, request, message):
        self._handle(request, message, "take_in_hand")

    @action(description=gettext_lazy("It is answered"), permissions=["handle"])
    def mark_answered(self, request, message):
        self._handle(request, message, "mark_answered")

    @action(description=gettext_lazy("It is spam"), permissions=["handle"])
    def mark_spam(self, request, message):
        self._handle(request, message, "mark_spam")

    @action(description=gettext_lazy("Put back among the new ones"), permissions=["handle"])
    def put_back(self, request, message):
        self._handle(request, message, "put_back")

    @admin.action(description=gettext_lazy("What is selected is spam"), permissions=["handle"])
    def mark_selected_spam(self, request, queryset):
        for message in queryset:
            handle(message, Message.Status.SPAM, request.user)


def _leads(message: Message) -> list[tuple[str, str]]:
    """What may be done with it: labels and addresses of the desk."""
    leads = []
    if row := concerned(message):
        leads.append((_("Open “%(thing)s”") % {"thing": Truncator(row).chars(60)}, _page(row)))
        if message.kind in ANSWERS and isinstance(row, Claim | Development | Verification):
            about = {row._meta.model_name: row.pk, "kind": ANSWERS[message.kind]}
            add = f"{reverse('admin:claims_correction_add')}?{urlencode(about)}"
            leads.append((_("Publish a correction of it"), add))
        document = getattr(row, "document", row)
        if message.kind in PERSONAL_DATA and isinstance(document, Document):
            add = f"{reverse('admin:sources_redaction_add')}?document={document.pk}"
            leads.append((_("Redact the document"), add))
    if message.kind == Message.Kind.CLAIM:
        add = f"{reverse('admin:sources_submission_add')}?message={message.pk}"
        leads.append((_("Add the article"), add))
    return leads


def _page(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
