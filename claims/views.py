"""The public pages: read-only, no login."""

from functools import wraps

from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from claims import documents, merged
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

PER_PAGE = 20


def _listed():
    """Published claims with all that a list shows of each."""
    return (
        Claim.objects.published()
        .with_source()
        .with_follow_through()
        .select_related("forecast")
        .prefetch_related("speaker__positions")
    )


def _developments():
    """Accepted developments with all that is shown of each."""
    return Development.objects.accepted().with_effects().prefetch_related(_corrections())


def _verifications():
    """Published verifications with all that is shown of each."""
    return (
        Verification.objects.published()
        .select_related("rating__scale", "withdrawal")
        .prefetch_related(Prefetch("evidence", Evidence.objects.with_source()), _corrections())
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


@_redirecting(Claim)
def claim(request, public_id):
    appearances = Appearance.objects.select_related("sentence__snapshot__document__publisher")
    claim = get_object_or_404(
        _listed()
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
        ),
        public_id=public_id,
    )
    versions = claim.published_verifications
    context = {
        "claim": claim,
        "sentence": marked_sentence(claim),
        "verification": _verifications().get(pk=versions[0].pk) if versions else None,
        "superseded": versions[1:],
    }
    return render(request, "claims/claim.html", context)


def verification(request, public_id):
    claims = Claim.objects.published().select_related("speaker")
    verification = get_object_or_404(
        _verifications().prefetch_related(Prefetch("claims", claims, to_attr="shown_claims")),
        public_id=public_id,
    )
    versions = verification.versions()
    context = {
        "verification": verification,
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
    snapshot = _shown(document, request.as_of)
    found = _listed().filter(sentence__snapshot=snapshot).order_by("content") if snapshot else []
    numbered = list(enumerate(found, start=1))
    context = {
        "document": document,
        "snapshot": snapshot,
        "claims": numbered,
        "citations": _citations(document),
        "developments": _developments().filter(document=document),
    }
    if snapshot:
        marks = [
            ((number, claim), [(span.lower, span.upper) for span in claim.content])
            for number, claim in numbered
        ]
        context["paragraphs"] = paragraphs(snapshot.text, marks)
    return render(request, "sources/document.html", context)


def _shown(document, as_of):
    """The latest snapshot with a published claim in it, else the latest; None if only cited."""
    snapshots = document.snapshots.defer("original")
    published = Claim.objects.published().filter(sentence__snapshot__document=document)
    holding = snapshots.filter(pk__in=published.values("sentence__snapshot").order_by())
    if as_of:
        # Snapshots have no history: each is there from when it was fetched.
        snapshots = snapshots.filter(fetched_at__lte=as_of.moment)
    return holding.last() or snapshots.last()
