"""What changed in a document from one snapshot to another."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from claims import documents
from claims.changes import changes
from claims.models import Claim
from sources.latest import snapshots_of


def document_changes(request, public_id):
    """What differs between two snapshots: the latest and the one before it, or those asked for."""
    document = get_object_or_404(documents.published(), public_id=public_id)
    snapshots = list(snapshots_of(document).defer("original", "text"))
    if len(snapshots) < 2:
        raise Http404
    after = _asked(request, "to", snapshots) or snapshots[-1]
    earlier = snapshots[: snapshots.index(after)] or snapshots
    before = _asked(request, "from", snapshots) or earlier[-1]
    claims = Claim.objects.published().select_related("sentence")
    context = {
        "asked": {name: request.GET[name] for name in ("from", "to") if name in request.GET},
        "document": document,
        "snapshots": snapshots,
        "before": before,
        "after": after,
        "paragraphs": changes(
            before,
            after,
            claims.filter(sentence__snapshot__in=[before, after]).order_by("content", "id"),
        ),
    }
    return render(request, "sources/changes.html", context)


def _asked(request, name, snapshots):
    """The snapshot whose digest the address gives; None if it gives none."""
    if digest := request.GET.get(name):
        found = next((snapshot for snapshot in snapshots if snapshot.sha256 == digest), None)
        if found is None:
            raise Http404
        return found
    return None
