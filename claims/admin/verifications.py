"""Verifications at the desk: written, read by a second editor, published, superseded, withdrawn."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from claims.admin.exports import Exported
from claims.admin.look_again import LookAgainScreen
from claims.admin.verification_editor import VerificationEditor
from claims.admin.verification_steps import state
from claims.exchange.verifications import Verifications
from claims.models import Verification

STATE_COLOURS = {
    Verification.Status.DRAFT: "warning",
    Verification.Status.IN_REVIEW: "info",
    Verification.Status.PUBLISHED: "success",
    "superseded": "default",
    "withdrawn": "danger",
}


class DueForReview(admin.SimpleListFilter):
    title = gettext_lazy("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("due", gettext_lazy("to be looked at again"))]

    def queryset(self, request, queryset):
        if self.value() != "due":
            return queryset
        due = Verification.objects.due_for_review(timezone.localdate())
        return queryset.filter(pk__in=due.order_by().values("pk"))


@admin.register(Verification)
class VerificationAdmin(LookAgainScreen, Exported, VerificationEditor):
    """The list of them; each has a page of its own."""

    table = Verifications

    list_display = [
        "finding", "rating", "shown_state", "author", "approved_by", "published_at", "review_by",
    ]  # fmt: skip
    list_filter = ["status", DueForReview, "rating"]
    list_select_related = ["rating__scale", "author", "approved_by", "withdrawal"]
    search_fields = ["summary", "claims__quote", "claims__wording"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("successors", "claims")

    @display(description=gettext_lazy("summary"), ordering="summary")
    def finding(self, verification):
        """Its summary; of a draft without one, what it is about."""
        claims = (claim.text for claim in verification.claims.all())
        return verification.summary or next(claims, str(verification))

    @display(description=gettext_lazy("status"), ordering="status", label=STATE_COLOURS)
    def shown_state(self, verification):
        return state(verification)
