"""The page of a snapshot: permanent, the exact text with its claims marked, and how to check it.

The text belongs to its author: search engines are asked to leave it alone.
"""

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from claims import documents
from claims.pages.document import marked
from sources.latest import FETCHED, snapshots_of


def snapshot(request, public_id, sha256):
    document, snapshot = _of(public_id, sha256)
    if snapshot.sha256 != sha256:
        return redirect(snapshot, permanent=True)
    context = {
        "document": document,
        "changed": snapshots_of(document).count() > 1,
        "check": {"characters": len(snapshot.text), "bytes": len(snapshot.text.encode())},
        **marked(snapshot),
    }
    return _unindexed(render(request, "sources/snapshot.html", context))


@csp_update({"sandbox": True})
def snapshot_text(request, public_id, sha256):
    """Exactly the text whose SHA-256 the page shows."""
    document, snapshot = _of(public_id, sha256)
    if snapshot.sha256 != sha256:
        return redirect("snapshot-text", public_id, snapshot.sha256, permanent=True)
    answer = HttpResponse(snapshot.text.encode(), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{document.public_id}-{sha256[:12]}.txt"'
    return _unindexed(answer)


def _of(public_id, sha256):
    document = get_object_or_404(documents.published(), public_id=public_id)
    snapshots = document.snapshots.filter(FETCHED).defer("original")
    if (snapshot := snapshots.filter(sha256=sha256).first()) is None:
        # By the digest it had before words were redacted.
        snapshot = snapshots.filter(redactions__before=sha256).first()
    if snapshot is None:
        raise Http404
    return document, snapshot


def _unindexed(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex"
    return answer
