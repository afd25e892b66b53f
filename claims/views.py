"""The public pages: read-only, no login."""

from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.shortcuts import get_object_or_404, render

from claims import documents
from claims.highlight import marked_sentence, paragraphs
from claims.models import (
    Appearance,
    Claim,
    Development,
    Effect,
    Evidence,
    Link,
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
    """Accepted developments with the published claims they bear on."""
    effects = Effect.objects.filter(claim__in=Claim.objects.published())
    return (
        Development.objects.accepted()
        .select_related("document__publisher")
        .prefetch_related(
            "corrections",
            Prefetch("effects", effects.select_related("claim__speaker"), to_attr="shown_effects"),
        )
    )


def _citations(document):
    """The evidence published verifications take from a document, with the published claims."""
    claims = Claim.objects.published().select_related("speaker")
    return (
        Evidence.objects.filter(document=document)
        .filter(verification__in=Verification.objects.published().order_by())
        .select_related("verification__rating")
        .prefetch_related(Prefetch("verification__claims", claims, to_attr="shown_claims"))
        .order_by("-verification__published_at", "id")
    )


def _page(request, rows):
    """The page of ``rows`` that the address asks for; the nearest one if there is no such page."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def home(request):
    context = {"claims": _listed().latest()[:10], "developments": _developments()[:5]}
    return render(request, "claims/home.html", context)


def claims(request):
    return render(request, "claims/claims.html", {"page": _page(request, _listed().latest())})


def developments(request):
    return render(request, "claims/developments.html", {"page": _page(request, _developments())})


def claim(request, public_id):
    evidence = Evidence.objects.select_related("document__publisher")
    appearances = Appearance.objects.select_related("sentence__snapshot__document__publisher")
    earlier = Link.objects.published().select_related("earlier__speaker")
    later = Link.objects.published().select_related("claim__speaker")
    claim = get_object_or_404(
        _listed()
        .with_context()
        .prefetch_related(
            "corrections",
            "published_verifications__corrections",
            "accepted_effects__development__corrections",
            Prefetch("published_verifications__evidence", evidence),
            Prefetch(
                "appearances",
                appearances.defer("sentence__snapshot__text", "sentence__snapshot__original"),
            ),
            Prefetch("links", earlier, to_attr="earlier"),
            Prefetch("links_from_later", later, to_attr="later"),
        ),
        public_id=public_id,
    )
    return render(
        request, "claims/claim.html", {"claim": claim, "sentence": marked_sentence(claim)}
    )


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


def _shown(document):
    """The latest snapshot with a published claim in it, else the latest; None if only cited."""
    snapshots = document.snapshots.defer("original")
    published = Claim.objects.published().filter(sentence__snapshot__document=document)
    holding = snapshots.filter(pk__in=published.values("sentence__snapshot").order_by())
    return holding.last() or snapshots.last()
