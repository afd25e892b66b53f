"""Verifications at the desk: written, read by a second editor, published, superseded, withdrawn."""

from django.contrib import admin, messages
from django.db.models import F
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.decorators import action, display

from claims import publish
from claims.admin.base import RecordAdmin
from claims.admin.evidence import EvidenceInline, PartOfVerification, keep_sources
from claims.models import Coverage, Evidence, Verification
from sources.desk import Refused, TabularInline
from sources.lists import ChoicesFilter, OptionsFilter, PeriodFilter, SelectForm

STATE_COLOURS = {
    Verification.Status.DRAFT: "warning",
    Verification.Status.IN_REVIEW: "info",
    Verification.Status.PUBLISHED: "success",
    "superseded": "default",
    "withdrawn": "danger",
}


def state(verification: Verification) -> tuple[str, str]:
    """Its status, or what came after its publication; and the word for it."""
    if verification.successor:
        return "superseded", _("superseded")
    if hasattr(verification, "withdrawal"):
        return "withdrawn", _("withdrawn")
    return verification.status, verification.get_status_display()


class CoverageInline(PartOfVerification, TabularInline):
    """The claims it is about."""

    model = Coverage
    extra = 0
    hide_title = True
    autocomplete_fields = ["claim"]


class RatingFilter(RelatedDropdownFilter):
    """Ratings are few."""

    form_class = SelectForm


class AuthorFilter(RatingFilter):
    """And so are the people of a newsroom."""


class DueForReview(OptionsFilter):
    title = gettext_lazy("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("due", _("to be looked at again"))]

    def queryset(self, request, queryset):
        if self.value() != "due":
            return queryset
        due = Verification.objects.due_for_review(timezone.localdate())
        return queryset.filter(pk__in=due.order_by().values("pk"))


@admin.register(Verification)
class VerificationAdmin(RecordAdmin):
    """Open ones are written here; what is published can only be read."""

    list_display = [
        "summary", "rating", "shown_state", "author", "approved_by",
        "shown_published_at", "review_by",
    ]  # fmt: skip
    list_filter = [
        ("status", ChoicesFilter),
        DueForReview,
        ("rating", RatingFilter),
        ("author", AuthorFilter),
        ("published_at", PeriodFilter),
    ]
    sortable_by = ["shown_published_at"]
    list_select_related = ["rating__scale", "author", "approved_by", "withdrawal"]
    search_fields = ["search"]
    readonly_fields = [
        "status_in_words", "missing", "versions", "why_withdrawn", "author", "approved_by",
        "published_at",
    ]  # fmt: skip
    inlines = [CoverageInline, EvidenceInline]
    actions_submit_line = ["submit", "send_back", "approve_and_publish", "succeed", "withdraw"]
    reason_help = gettext_lazy(
        "To send a draft back or to withdraw a verification, one is needed; readers are told why "
        "it was withdrawn."
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("successors")

    def get_search_results(self, request, queryset, search_term):
        """To add a claim to, those still open are offered."""
        if request.GET.get("model_name") == Coverage._meta.model_name:
            queryset = queryset.open()
        return super().get_search_results(request, queryset, search_term)

    def get_fieldsets(self, request, obj=None):
        finding = (_("Finding"), {"fields": ["rating", "summary", "explanation", "review_by"]})
        if obj is None:
            return [finding]
        life = ["status_in_words"]
        life += ["missing"] if self.is_open(obj) else ["published_at", "approved_by"]
        life += ["why_withdrawn"] if hasattr(obj, "withdrawal") else []
        return [(_("Where it stands"), {"fields": [*life, "author", "versions"]}), finding]

    @staticmethod
    def is_open(verification) -> bool:
        return verification.status != Verification.Status.PUBLISHED

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request) and (obj is None or self.is_open(obj))

    def has_delete_permission(self, request, obj=None):
        """What was never public may go: one's own, or, for who may publish, anybody's."""
        if obj is None or not self.is_open(obj):
            return False
        own = obj.author == request.user or self.has_publish_permission(request)
        return own and request.user.has_perm("claims.delete_verification")

    def get_view_on_site_url(self, obj=None):
        return None if obj is None or self.is_open(obj) else super().get_view_on_site_url(obj)

    def has_write_permission(self, request, object_id=None):
        return request.user.has_perm("claims.change_verification")

    def has_publish_permission(self, request, object_id=None):
        return request.user.has_perm("claims.publish_verification")

    def has_withdraw_permission(self, request, object_id=None):
        return request.user.has_perm("claims.withdraw_verification")

    @display(description=gettext_lazy("status"), label=STATE_COLOURS)
    def shown_state(self, verification):
        return state(verification)

    @display(
        description=gettext_lazy("published at"), ordering=F("published_at").asc(nulls_first=True)
    )
    def shown_published_at(self, verification):
        return verification.published_at

    @display(description=gettext_lazy("status"))
    def status_in_words(self, verification):
        return state(verification)[1]

    @display(description=gettext_lazy("still missing"))
    def missing(self, verification):
        """In words, what stands in the way of its publication."""
        sentences = publish.missing(verification)
        if not sentences:
            return _("Nothing: a second editor can publish it.")
        items = format_html_join("", "<li>{}</li>", [(sentence,) for sentence in sentences])
        return format_html('<ul class="missing">{}</ul>', items)

    @display(description=gettext_lazy("other versions"))
    def versions(self, verification):
        before = [verification.predecessor] if verification.predecessor else []
        return format_html_join(
            "",
            '<div><a class="text-link" href="{}">{}</a> · {}</div>',
            [
                (
                    reverse("admin:claims_verification_change", args=[other.pk]),
                    other,
                    state(other)[1],
                )
                for other in [*before, *verification.successors.all()]
            ],
        )

    @display(description=gettext_lazy("why it was withdrawn"))
    def why_withdrawn(self, verification):
        return verification.withdrawal.reason

    def save_model(self, request, obj, form, change):
        if not change:
            obj.author = request.user
        request.reworded = form.has_changed()
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        request.reworded |= formset.has_changed()
        super().save_formset(request, form, formset, change)
        if formset.model is Evidence:
            keep_sources(formset)

    def get_actions_submit_line(self, request, object_id):
        """The steps its state leaves open to this user."""
        verification = self.get_object(request, object_id)
        following = self._following(verification, request.user) if verification else []
        return [
            step
            for step in super().get_actions_submit_line(request, object_id)
            if step.action_name.removeprefix("claims_verification_") in following
        ]

    @staticmethod
    def _following(verification, user) -> list[str]:
        shown = state(verification)[0]
        if shown == Verification.Status.DRAFT:
            return ["submit"]
        if shown == Verification.Status.IN_REVIEW:
            other = verification.author_id != user.pk
            return ["send_back", "approve_and_publish"] if other else ["send_back"]
        following = []
        if not verification.successors.all():
            following.append("succeed")
        if shown == Verification.Status.PUBLISHED:
            following.append("withdraw")
        return following

    @action(description=gettext_lazy("Save and ask for review"), permissions=["write"])
    def submit(self, request, verification):
        publish.submit(verification, request.user)
        return self._done(request, _("It waits for a second editor now."))

    @action(description=gettext_lazy("Save and send back"), permissions=["publish"])
    def send_back(self, request, verification):
        publish.send_back(verification, request.user, self.reason(request))
        return self._done(request, _("It is a draft again; its history says why."))

    @action(description=gettext_lazy("Approve and publish"), permissions=["publish"])
    def approve_and_publish(self, request, verification):
        if request.reworded:
            raise Refused(_("Nothing was saved: what you just changed, nobody else has read yet."))
        publish.publish(verification, request.user)
        return self._done(request, _("The verification is public."))

    @action(description=gettext_lazy("Write a successor"), permissions=["write"])
    def succeed(self, request, verification):
        successor = publish.succeed(verification, request.user)
        messages.success(request, _("This draft will take its place once it is published."))
        return HttpResponseRedirect(
            reverse("admin:claims_verification_change", args=[successor.pk])
        )

    @action(description=gettext_lazy("Withdraw"), permissions=["withdraw"])
    def withdraw(self, request, verification):
        publish.withdraw(verification, request.user, self.reason(request))
        return self._done(request, _("It is withdrawn; its page says why."))

    @staticmethod
    def _done(request, said: str) -> HttpResponseRedirect:
        """Back to the page it was done on, which shows what is possible now."""
        messages.success(request, said)
        return HttpResponseRedirect(request.path)
