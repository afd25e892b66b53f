"""The public pages: read-only, no login."""

from functools import wraps

from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from claims import documents, merged
from claims.changes import changes
from claims.highlight import marked_sentence, paragraphs
from claims.models import (
    Appearance,
    Claim,
    Correction,
    Development,
    Evidence,
    Speaker,
    Verification,
)
from claims.placed import in_snapshot
from sources.latest import snapshots_of, tell_latest

PER_PAGE = 20


def _listed(claims=None):
    """Published claims, or these, with all that a list shows of each."""
    return (
        (Claim.objects.published() if claims is None else claims)
        .with_source()
        .with_follow_through()
        .select_related("forecast")
        .prefetch_related("speaker__positions")
    )


def _developments():
    """Accepted developments with all that is shown of each."""
    return Development.objects.accepted().with_effects().prefetch_related(_corrections())


def verifications(rows):
    """Verifications with all that is shown of each."""
    return rows.select_related("rating__scale", "withdrawal").prefetch_related(
        Prefetch("evidence", Evidence.objects.with_source()), _corrections()
    )


def _corrections():
    return Prefetch("corrections", Correction.objects.published())


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


def _page(request, rows):
    """The page of ``rows`` that the address asks for; the nearest one if there is no such page."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _redirecting(model):
    """Decorator: the page of a merged row leads to that of the one kept."""

    def decorator(view):
        @wraps(view)
        def page(request, public_id):
            try:
                return view(request, public_id)
            except Http404:
                kept = merged.kept(model, public_id)
                if kept is None:
                    raise
            query = request.GET.urlencode()
            address = kept.get_absolute_url()
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

        return page

    return decorator


def home(request):
    context = {"claims": _listed().latest()[:10], "developments": _developments()[:5]}
    return render(request, "claims/home.html", context)


def claims(request):
    return render(request, "claims/claims.html", {"page": _page(request, _listed().latest())})


def claim_page(claims):
    """These claims with all that the page of one shows."""
    appearances = Appearance.objects.select_related("sentence__snapshot__document__publisher")
    return (
        _listed(claims)
        .with_context()
        .with_links()
        .prefetch_related(
            _corrections(),
            Prefetch("forecast__development", Development.objects.accepted()),
            Prefetch("accepted_effects__development__corrections", Correction.objects.published()),
            Prefetch(
                "appearances",
                appearances.defer("sentence__snapshot__text", "sentence__snapshot__original"),
            ),
        )
    )


@_redirecting(Claim)
def claim(request, public_id):
    claim = get_object_or_404(claim_page(Claim.objects.published()), public_id=public_id)
    versions = claim.published_verifications
    published = verifications(Verification.objects.published())
    current = published.get(pk=versions[0].pk) if versions else None
    return show_claim(request, claim, current, versions[1:])


def show_claim(request, claim, verification, superseded, *, preview=False):
    """The page of a claim with its verification, if it has one, and the versions before that."""
    tell_latest([claim.sentence])
    if verification:
        tell_latest(verification.evidence.all())
    context = {
        "claim": claim,
        "sentence": marked_sentence(claim),
        "verification": verification,
        "superseded": superseded,
        "preview": preview,
    }
    return render(request, "claims/claim.html", context)


def verification(request, public_id):
    claims = Claim.objects.published().select_related("speaker")
    published = verifications(Verification.objects.published())
    verification = get_object_or_404(
        published.prefetch_related(Prefetch("claims", claims, to_attr="shown_claims")),
        public_id=public_id,
    )
    return show_verification(request, verification, verification.versions())


def show_verification(request, verification, versions, *, preview=False):
    """The page of a verification among its ``versions``, the latest first."""
    tell_latest(verification.evidence.all())
    context = {
        "verification": verification,
        "preview": preview,
        "versions": versions,
        # The one that came after it, the one before it in a list that begins with the latest.
        "successor": dict(zip(versions[1:], versions, strict=False)).get(verification),
    }
    return render(request, "claims/verification.html", context)


def developments(request):
    return render(request, "claims/developments.html", {"page": _page(request, _developments())})


def development(request, public_id):
    development = get_object_or_404(_developments(), public_id=public_id)
    return render(request, "claims/development.html", {"development": development})


def corrections(request):
    published = Correction.objects.published().select_related(
        "claim", "verification", "development"
    )
    return render(request, "claims/corrections.html", {"page": _page(request, published)})


@_redirecting(Speaker)
def speaker(request, public_id):
    speaker = get_object_or_404(
        Speaker.objects.published().select_related("within").prefetch_related("positions"),
        public_id=public_id,
    )
    said = _listed().filter(speaker=speaker).order_by(F("said_on").desc(nulls_last=True), "-id")
    context = {"speaker": speaker, "page": _page(request, said)}
    return render(request, "claims/speaker.html", context)


def document(request, public_id):
    document = get_object_or_404(documents.published(), public_id=public_id)
    snapshot = _shown(document)
    placed = in_snapshot(_listed(), snapshot) if snapshot else []
    tell_latest(claim.sentence for claim, _spans in placed if claim.sentence.snapshot == snapshot)
    numbered = [(number, claim) for number, (claim, _spans) in enumerate(placed, start=1)]
    citations = _citations(document)
    tell_latest(citations)
    context = {
        "document": document,
        "snapshot": snapshot,
        "claims": numbered,
        "citations": citations,
        "changed": snapshots_of(document).count() > 1,
        "developments": _developments().filter(document=document),
    }
    if snapshot:
        marks = zip(numbered, (spans for _claim, spans in placed), strict=True)
        context["paragraphs"] = paragraphs(snapshot.text, marks)
    return render(request, "sources/document.html", context)


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
            before, after, claims.filter(sentence__snapshot__in=[before, after]).order_by("content")
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


def _shown(document):
    """The latest snapshot with a published claim in it, else the latest; None if only cited."""
    published = Claim.objects.published().filter(sentence__snapshot__document=document)
    holding = document.snapshots.defer("original").filter(
        pk__in=published.values("sentence__snapshot").order_by()
    )
    return holding.last() or snapshots_of(document).last()
