from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from claims.admin.link_queue import LinkQueue
from claims.models import Link
from claims.templatetags.links import probable
from sources.lists import AutocompleteFilter, ChoicesFilter


@admin.register(Link)
class LinkAdmin(LinkQueue):
    """Which claims repeat, contradict or update which."""

    list_display = ["claim", "kind", "earlier", "probability", "shown_status", "decided_by"]
    list_display_links = ["claim", "kind"]
    list_filter = [
        ("status", ChoicesFilter),
        ("kind", ChoicesFilter),
        ("claim__speaker", AutocompleteFilter),
    ]
    ordering = ["-id"]
    list_select_related = ["claim", "earlier", "decided_by"]
    search_fields = ["search"]
    autocomplete_fields = ["claim", "earlier"]
    fields = ["claim", "kind", "earlier", "reason"]

    @display(description=_("probability"))
    def probability(self, link):
        return probable(link)

    def get_readonly_fields(self, request, obj=None):
        """An accepted one is public: it is refused before it is changed."""
        accepted = obj is not None and obj.status == Link.Status.ACCEPTED
        return self.fields if accepted else []
