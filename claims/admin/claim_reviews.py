"""Reviews of other fact-checkers at the desk: their rating beside ours, the claim it is about."""

import json

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from claims.admin.base import RecordAdmin
from claims.claim_review.about import CHANGE, link, make_candidate, possible_claims, rate, unlink
from claims.models import Claim, ClaimReview, Rating, Scale
from sources.desk import TabularInline
from sources.lists import AutocompleteFilter, OptionsFilter, PeriodFilter

PERIODS = {"7": gettext_lazy("7 days"), "31": gettext_lazy("month"), "366": gettext_lazy("year")}


def their_rating(review: ClaimReview) -> str:
    """In their words, with the numbers if there are any."""
    numbers = ""
    if review.rating_value:
        scale = f" ({review.worst_rating}–{review.best_rating})"
        numbers = review.rating_value + (
            scale if review.best_rating and review.worst_rating else ""
        )
    return " · ".join(filter(None, [review.rating_text, numbers])) or "—"


class LinkedFilter(OptionsFilter):
    title = gettext_lazy("claim of ours")
    parameter_name = "linked"

    def lookups(self, request, model_admin):
        return [("yes", _("linked")), ("no", _("not linked"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(claim__isnull=self.value() == "no")


class RatingFilter(OptionsFilter):
    title = gettext_lazy("on our scale")
    parameter_name = "rating"

    def lookups(self, request, model_admin):
        ratings = Rating.objects.filter(scale=Scale.objects.first())
        return [*((rating.value, rating.label) for rating in ratings), ("none", _("without"))]

    def queryset(self, request, queryset):
        match self.value():
            case None:
                return queryset
            case "none":
                return queryset.filter(rating__isnull=True)
        return queryset.filter(rating__value=self.value())


class ReadFromFilter(OptionsFilter):
    """What one file or page held; the page of its import leads here."""

    title = gettext_lazy("read from")
    parameter_name = "read_from"

    def lookups(self, request, model_admin):
        named = request.GET.get(self.parameter_name)
        return [(named, named)] if named else []

    def queryset(self, request, queryset):
        return queryset.filter(read_from=self.value()) if self.value() else queryset


class ReviewedElsewhereInline(TabularInline):
    """What other fact-checkers say of a claim."""

    model = ClaimReview
    fk_name = "claim"
    verbose_name_plural = gettext_lazy("reviewed elsewhere")
    extra = 0
    tab = True
    fields = ["publisher", "theirs", "rating", "published_on", "address"]
    readonly_fields = fields
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).with_what_is_shown()

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description=gettext_lazy("their rating"))
    def theirs(self, review):
        return their_rating(review)

    @display(description=gettext_lazy("their review"))
    def address(self, review):
        return _outside(review.url)


@admin.register(ClaimReview)
class ClaimReviewAdmin(RecordAdmin):
    """They come by imports; an editor says which claim each is about, and may rate what no rule
    does."""

    list_display = [
        "reviewed", "publisher", "theirs", "ours", "speaker_shown", "published_on", "about",
    ]  # fmt: skip
    list_display_links = ["reviewed"]
    list_filter = [
        ("publisher", AutocompleteFilter),
        RatingFilter,
        LinkedFilter,
        ("published_on", PeriodFilter),
        ReadFromFilter,
    ]
    list_fullwidth = True
    search_fields = ["search"]
    ordering = ["-published_on", "-id"]
    autocomplete_fields = ["claim"]
    readonly_fields = [
        "claim_reviewed", "publisher", "title", "address", "language", "published_on",
        "speaker_shown", "said_on", "where", "theirs", "rated_by", "linked_by", "read_from",
        "sha256", "read_at", "item_shown",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["claim_reviewed", "speaker_shown", "said_on", "where"]}),
        (
            gettext_lazy("Review"),
            {"fields": ["publisher", "address", "title", "published_on", "language"]},
        ),
        (gettext_lazy("Rating"), {"fields": [("theirs", "rating"), "rated_by"]}),
        (gettext_lazy("Our claim"), {"fields": ["claim", "linked_by"]}),
        (
            gettext_lazy("Where it was read"),
            {"classes": ["collapse"], "fields": ["read_from", "sha256", "read_at", "item_shown"]},
        ),
    ]
    change_form_outer_before_template = "admin/claim_reviews/about.html"

    class Media:
        css = {"all": ["desk/exchange.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).with_what_is_shown()

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/about/<int:claim>/",
                view(self.about_view),
                name="claims_claimreview_about",
            ),
            path(
                "<int:pk>/candidate/",
                view(self.candidate_view),
                name="claims_claimreview_candidate",
            ),
            *super().get_urls(),
        ]

    def has_add_permission(self, request):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "rating":
            kwargs["queryset"] = Rating.objects.filter(scale=Scale.objects.first())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and not obj.claim_id and self.has_change_permission(request, obj):
            context["possible"] = possible_claims(obj)
            context["kinds"] = Claim.Kind.choices
        if obj:
            context |= {"review": obj, "theirs": their_rating(obj)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        """What was decided is said to be whose."""
        kept = ClaimReview.objects.get(pk=obj.pk)
        if "rating" in form.changed_data:
            rate(kept, obj.rating, request.user)
        if "claim" in form.changed_data:
            if obj.claim:
                link(kept, obj.claim, request.user)
            else:
                unlink(kept, request.user)

    def about_view(self, request, pk, claim):
        """It is about that claim."""
        review = self._posted(request, pk)
        if review is None:
            return HttpResponseNotAllowed(["POST"])
        link(review, get_object_or_404(Claim, pk=claim), request.user)
        messages.success(request, _("The review is beside the claim now."))
        return HttpResponseRedirect(reverse("admin:claims_claimreview_change", args=[pk]))

    def candidate_view(self, request, pk):
        """A candidate is made of it."""
        review = self._posted(request, pk)
        if review is None:
            return HttpResponseNotAllowed(["POST"])
        kind = request.POST.get("kind")
        if kind not in Claim.Kind.values or not request.user.has_perm("claims.change_claim"):
            raise PermissionDenied
        claim = make_candidate(review, kind, request.user)
        messages.success(request, _("A candidate was made; its source is the review."))
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim.pk]))

    @staticmethod
    def _posted(request, pk) -> ClaimReview | None:
        if request.method != "POST":
            return None
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        return get_object_or_404(ClaimReview, pk=pk)

    @display(description=gettext_lazy("claim reviewed"))
    def reviewed(self, review):
        return format_html('<div class="claim">{}</div>', review.claim_reviewed[:300])

    @display(description=gettext_lazy("their rating"))
    def theirs(self, review):
        return their_rating(review)

    @display(description=gettext_lazy("on our scale"))
    def ours(self, review):
        return review.rating or "—"

    @display(description=gettext_lazy("speaker"))
    def speaker_shown(self, review):
        """As it was given, and ours if it is known."""
        if not review.speaker:
            return review.author_name or "—"
        url = reverse("admin:claims_speaker_change", args=[review.speaker_id])
        return format_html('<a class="link" href="{}">{}</a>', url, review.speaker)

    @display(description=gettext_lazy("claim of ours"))
    def about(self, review):
        if not review.claim:
            return "—"
        url = reverse("admin:claims_claim_change", args=[review.claim_id])
        return format_html('<a class="link" href="{}">{}</a>', url, str(review.claim)[:80])

    @display(description=gettext_lazy("address of the review"))
    def address(self, review):
        return _outside(review.url)

    @display(description=gettext_lazy("where it appeared"))
    def where(self, review):
        links = format_html_join(
            "", "<li>{}</li>", ((_outside(url),) for url in review.appearances)
        )
        return format_html('<ul class="where">{}</ul>', links) if links else "—"

    @display(description=gettext_lazy("as it was read"))
    def item_shown(self, review):
        text = json.dumps(review.item, ensure_ascii=False, indent=2)
        return format_html('<pre class="item">{}</pre>', text)


def _outside(url: str) -> str:
    """A link to elsewhere; what is stored is an address of the web."""
    return format_html('<a class="link" href="{0}" rel="noreferrer noopener">{0}</a>', url)
