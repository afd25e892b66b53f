"""Evidence that was proposed from outside: what is accepted goes into a draft about its claim."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from claims.admin.proposals import ProposalAdmin
from claims.cite import cite_proposed
from claims.models import ProposedEvidence
from sources.lists import ChoicesFilter


@admin.register(ProposedEvidence)
class ProposedEvidenceAdmin(ProposalAdmin):
    """It is read and decided on, never changed: what is cited is changed in the draft."""

    list_display = ["claim", "stance", "words", "document", "by", "shown_status"]
    list_filter = [("status", ChoicesFilter), ("stance", ChoicesFilter)]
    ordering = ["-id"]
    list_select_related = ["claim", "document", "key_proposal__key"]
    search_fields = ["search"]
    fields = [
        "claim", "stance", "primary", "document", "passage", "note", "interest", "by",
        "status", "cited_in",
    ]  # fmt: skip
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    @display(description=_("what it shows"))
    def words(self, proposal):
        return str(proposal)

    @display(description=_("API key"))
    def by(self, proposal):
        return str(proposal.key_proposal.key)

    @admin.action(description=_("Accept what is selected"), permissions=["decide"])
    def accept_selected(self, request, queryset):
        open_ones = queryset.filter(cited_in=None)
        with self.attempt():
            count = len([cite_proposed(proposal, request.user) for proposal in open_ones])
        self._accepted(request, count)

    @action(description=_("Accept: into a draft"), permissions=["decide"])
    def accept(self, request, proposal):
        with self.attempt():
            piece = cite_proposed(proposal, request.user)
        messages.success(request, _("It is a piece of evidence of this draft now."))
        address = reverse("admin:claims_verification_change", args=[piece.verification_id])
        return HttpResponseRedirect(address)
