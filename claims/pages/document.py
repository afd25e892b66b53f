"""The page of a document: its text with its claims marked."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render

from claims import documents
from claims.highlight import paragraphs
from claims.models import Claim, Evidence, Verification
from claims.pages.shown import developments, listed
from claims.placed import in_snapshot
from sources.latest import snapshots_of, tell_latest


def document(request, public_id):
    document = get_object_or_404(documents.published(), public_id=public_id)
    snapshot = _shown(document)
    citations = _citations(document)
    tell_latest(citations)
    context = {
        "document": document,
        "citations": citations,
        "changed": snapshots_of(document).count() > 1,
        "developments": developments().filter(document=document),
        **(marked(snapshot) if snapshot else {}),
    }
    return render(request, "sources/document.html", context)


def marked(snapshot) -> dict:
    """What templates/sources/_text.html shows of a snapshot: its text with its claims marked."""
    placed = in_snapshot(listed(), snapshot)
    tell_latest(claim.sentence for claim, _spans in placed if claim.sentence.snapshot == snapshot)
    numbered = [(number, claim) for number, (claim, _spans) in enumerate(placed, start=1)]
    marks = zip(numbered, (spans for _claim, spans in placed), strict=True)
    return {
        "snapshot": snapshot,
        "claims": numbered,
        "paragraphs": paragraphs(snapshot.text, marks),
    }


def _shown(document):
    """The latest snapshot with a published claim in it, else the latest; None if only cited."""
    published = Claim.objects.published().filter(sentence__snapshot__document=document)
    holding = document.snapshots.defer("original").filter(
        pk__in=published.values("sentence__snapshot").order_by()
    )
    return holding.last() or snapshots_of(document).last()


def _citations(document):
    """The evidence that the verifications in force take from a document, with their claims."""
    claims = Claim.objects.published().select_related("speaker")
    current = Verification.objects.latest_versions().filter(withdrawal__isnull=True)
    return (
        Evidence.objects.filter(document=document, verification__in=current.order_by())
        .with_source()
        .select_related("verification__rating")
        .prefetch_related(Prefetch("verification__claims", claims, to_attr="shown_claims"))
        .order_by("-verification__published_at", "id")
    )
