"""The page of a document: its text with its claims marked."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render

from claims import documents
from claims.highlight import paragraphs
from claims.models import Claim, Evidence, Verification
from claims.pages.shown import developments, in_brief, tell_effects
from claims.placed import in_snapshot
from claims.redaction.words import BLOCK
from sources.latest import snapshots_of, tell_latest
from sources.models import RedactedText, Snapshot

MARKED = 500  # claims
CITED = 20  # verifications, and developments


def document(request, public_id):
    document = get_object_or_404(documents.published(), public_id=public_id)
    snapshot = _shown(document)
    citations = _citations(document)
    tell_latest(citations)
    following = list(developments().filter(document=document)[:CITED])
    tell_effects(following)
    context = {
        "document": document,
        "citations": citations,
        "changed": len(snapshots_of(document).values("pk")[:2]) > 1,
        "developments": following,
        **(marked(snapshot) if snapshot else {}),
    }
    return render(request, "sources/document.html", context)


def marked(snapshot: Snapshot) -> dict:
    """What sources/_text.html shows of a snapshot: the ``paragraphs`` of its text, and the first of
    its ``claims`` with their numbers. Marks are (number, claim)."""
    placed = in_snapshot(in_brief(), snapshot, MARKED + 1)
    more, placed = len(placed) > MARKED, placed[:MARKED]
    tell_latest(c.sentence for c, _spans in placed if c.sentence.snapshot_id == snapshot.pk)
    numbered = [((number, claim), spans) for number, (claim, spans) in enumerate(placed, start=1)]
    return {
        "snapshot": snapshot,
        "claims": [mark for mark, _spans in numbered],
        "paragraphs": paragraphs(snapshot.text, numbered),
        "redactions": _redactions(snapshot),
        "more": more,
    }


def _redactions(snapshot: Snapshot) -> list[RedactedText]:
    """What was taken out of its text, the last first."""
    if BLOCK not in snapshot.text:
        return []
    return list(snapshot.redactions.select_related("redaction").order_by("-pk"))


def _shown(document) -> Snapshot | None:
    """The latest snapshot with a published claim in it, else the latest; None if only cited."""
    published = Claim.objects.published().filter(sentence__snapshot__document=document)
    holding = document.snapshots.defer("original", "sketch").filter(
        pk__in=published.values("sentence__snapshot").order_by()
    )
    return holding.last() or snapshots_of(document).last()


def _citations(document) -> list[Evidence]:
    """The latest evidence that verifications in force take from a document, with some claims."""
    claims = Claim.objects.published().with_source().order_by("id")[:3]
    current = Verification.objects.in_force()
    return list(
        Evidence.objects.filter(document=document, verification__in=current.order_by())
        .with_source()
        .select_related("verification__rating")
        .prefetch_related(Prefetch("verification__claims", claims, to_attr="shown_claims"))
        .order_by("-verification__published_at", "id")[:CITED]
    )
