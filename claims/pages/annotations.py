"""Web Annotations: of a claim, and of all claims of a document, page by page."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims import documents
from claims.annotations import (
    CONTEXT_OF_TERMS,
    MEDIA_TYPE,
    annotation,
    creator,
    texts_of,
)
from claims.licence import LICENCE
from claims.models import Claim
from claims.origin import origin
from sources.models import Document

ON_A_PAGE = 50


@require_safe
def claim_annotation(request, public_id):
    claims = Claim.objects.published().with_source().with_follow_through()
    claim = get_object_or_404(claims, public_id=public_id)
    text = texts_of([claim])[claim.sentence.snapshot_id]
    return _answer(annotation(claim, origin(request), text), claim)


@require_safe
def document_annotations(request, public_id):
    """The collection, with its first page in it."""
    document = get_object_or_404(documents.published(), public_id=public_id)
    site = origin(request)
    body = {
        "id": site + reverse("document-annotations", args=[public_id]),
        "type": "AnnotationCollection",
        "label": document.title,
        "creator": creator(site),
        "rights": LICENCE,
        "total": _claims(document).count(),
        "first": _page(document, site),
    }
    return _answer(body, document)


@require_safe
def annotation_page(request, public_id):
    """A page of it: the first, or the one ``after`` a claim."""
    document = get_object_or_404(documents.published(), public_id=public_id)
    body = _page(document, origin(request), request.GET.get("after", ""))
    return _answer(body, document)


def _claims(document: Document):
    """The published claims whose source sentence is in the document."""
    return Claim.objects.published().filter(sentence__snapshot__document=document).order_by("pk")


def _page(document: Document, site: str, after: str = "") -> dict:
    claims = _claims(document)
    if after:
        claims = claims.filter(pk__gt=_id(document, after))
    found = list(claims.with_source().with_follow_through()[: ON_A_PAGE + 1])
    shown, more = found[:ON_A_PAGE], len(found) > ON_A_PAGE
    texts = texts_of(shown)
    address = site + reverse("annotation-page", args=[document.public_id])
    page = {
        "id": f"{address}?after={after}" if after else address,
        "type": "AnnotationPage",
        "partOf": site + reverse("document-annotations", args=[document.public_id]),
        "items": [annotation(claim, site, texts[claim.sentence.snapshot_id]) for claim in shown],
    }
    if more:
        page["next"] = f"{address}?after={shown[-1].public_id}"
    return page


def _id(document: Document, name: str) -> int:
    """The id of a claim of the document, be it public still or not."""
    if not (name.isascii() and name.isalnum()):
        raise Http404
    of_document = Claim.objects.filter(sentence__snapshot__document=document)
    return get_object_or_404(of_document, public_id=name).pk


def _answer(body: dict, shown) -> JsonResponse:
    """With a link to the page that shows readers the same."""
    answer = JsonResponse({"@context": CONTEXT_OF_TERMS} | body, content_type=MEDIA_TYPE)
    answer.headers["Link"] = f'<{shown.get_absolute_url()}>; rel="alternate"; type="text/html"'
    return answer
