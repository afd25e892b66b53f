from django.contrib import admin

from claims.admin.proposals import ProposalAdmin
from claims.models import Link
from sources.lists import ChoicesFilter


@admin.register(Link)
class LinkAdmin(ProposalAdmin):
    """Which claims repeat, contradict or update which."""

    list_display = ["claim", "kind", "earlier", "shown_status", "decided_by"]
    list_display_links = ["claim", "kind"]
    list_filter = [("status", ChoicesFilter), ("kind", ChoicesFilter)]
    ordering = ["-id"]
    list_select_related = ["claim", "earlier", "decided_by"]
    search_fields = ["search"]
    autocomplete_fields = ["claim", "earlier"]
    fields = ["claim", "kind", "earlier", "reason"]

    def get_readonly_fields(self, request, obj=None):
        """An accepted one is public: it is refused before it is changed."""
        accepted = obj is not None and obj.status == Link.Status.ACCEPTED
        return self.fields if accepted else []
