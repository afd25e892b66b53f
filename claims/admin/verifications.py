"""Verifications at the desk: written, read by a second editor, published, superseded, withdrawn."""

from django.contrib import admin
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.decorators import display

from claims.admin.exports import Exported
from claims.admin.look_again import LookAgainScreen
from claims.admin.verification_editor import VerificationEditor
from claims.admin.verification_steps import state
from claims.exchange.verifications import Verifications
from claims.models import Coverage, Verification
from sources.lists import ChoicesFilter, OptionsFilter, PeriodFilter, SelectForm

STATE_COLOURS = {
    Verification.Status.DRAFT: "warning",
    Verification.Status.IN_REVIEW: "info",
    Verification.Status.PUBLISHED: "success",
    "superseded": "default",
    "withdrawn": "danger",
}


class RatingFilter(RelatedDropdownFilter):
    """Ratings are few."""

    form_class = SelectForm


class AuthorFilter(RatingFilter):
    """And so are the people of a newsroom."""


class DueForReview(OptionsFilter):
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
        "finding", "rating", "shown_state", "author", "approved_by",
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
    autocomplete_fields = ["predecessor"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("successors", "claims")

    @display(description=gettext_lazy("summary"))
    def finding(self, verification):
        """Its summary; of a draft without one, what it is about."""
        claims = (claim.text for claim in verification.claims.all())
        return verification.summary or next(claims, str(verification))

    def get_search_results(self, request, queryset, search_term):
        """To add a claim to, those still open are offered."""
        if request.GET.get("model_name") == Coverage._meta.model_name:
            queryset = queryset.open()
        return super().get_search_results(request, queryset, search_term)

    @display(description=gettext_lazy("status"), label=STATE_COLOURS)
    def shown_state(self, verification):
        return state(verification)

    @display(
        description=gettext_lazy("published at"), ordering=F("published_at").asc(nulls_first=True)
    )
    def shown_published_at(self, verification):
        return verification.published_at
