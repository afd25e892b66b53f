"""Verifications as ClaimReviews: of one, and of all as a DataFeed."""

import hashlib
import json

from django.http import (
    Http404,
    HttpResponse,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from claims.api import parameters
from claims.api.problems import Gone
from claims.models import LastChange, Verification
from claims.structured_data.feed import claim_reviews, data_feed, told
from claims.structured_data.site import Site

MEDIA_TYPE = "application/ld+json"
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "@id": "https://constat.example/verifications/vrfctn2222/#review",
    "url": "https://constat.example/verifications/vrfctn2222/",
    "claimReviewed": "Le SMIC augmentera de 10 % au 1er janvier",
    "itemReviewed": {
        "@type": "Claim",
        "text": "Le SMIC augmentera de 10 % au 1er janvier",
        "author": {"@type": "Person", "name": "Jeanne Roux"},
        "datePublished": "2025-12-03",
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Faux",
    },
    "author": {"@type": "Organization", "name": "Constat", "url": "https://constat.example/"},
    "datePublished": "2025-12-08T13:00:00+01:00",
    "inLanguage": "fr",
}
FEED = {
    "@context": "https://schema.org",
    "@type": "DataFeed",
    "dateModified": "2025-12-08T13:00:00+01:00",
    "dataFeedElement": [
        {
            "@type": "DataFeedItem",
            "url": REVIEW["url"],
            "dateModified": "2025-12-08T13:00:00+01:00",
            "item": [REVIEW],
        }
    ],
}


class JsonLd(JSONRenderer):
    media_type = MEDIA_TYPE
    format = "jsonld"


class JsonLdView(APIView):
    """JSON-LD of today: of a past day there is none (docs/decisions/0025)."""

    renderer_classes = [JsonLd, JSONRenderer]

    def initial(self, request, *args, **named) -> None:
        super().initial(request, *args, **named)
        parameters.known(request.query_params, ())


def _answer(description: str, example: dict) -> dict:
    examples = [OpenApiExample(description, value=example, media_type=MEDIA_TYPE)]
    return {(200, MEDIA_TYPE): OpenApiResponse(OpenApiTypes.OBJECT, description, examples)}


class ClaimReviewView(JsonLdView):
    """A verification as a schema.org ClaimReview."""

    @extend_schema(
        operation_id="getClaimReview",
        parameters=[
            OpenApiParameter("as_of", exclude=True),
            OpenApiParameter("id", str, OpenApiParameter.PATH, description="Its id."),
        ],
        responses=_answer("A ClaimReview", REVIEW)
        | {
            301: OpenApiResponse(description="It was superseded: that of the version after it."),
            404: OpenApiResponse(description="There is no such verification."),
            410: OpenApiResponse(description="It was withdrawn."),
        },
    )
    def get(self, request, id: str) -> HttpResponse:  # noqa: A002 - its name in the schema
        """A verification as a schema.org ClaimReview: the one its page carries.

        Only a verification in force has one. Of a superseded one, the address leads to that of the
        version after it; of a withdrawn one, the answer is 410.
        """
        row = told(Verification.objects.published()).filter(public_id=id).first()
        if row is None:
            raise Http404
        if row.successor:
            name = request.resolver_match.view_name
            return HttpResponsePermanentRedirect(reverse(name, args=[row.successor.public_id]))
        if withdrawal := getattr(row, "withdrawal", None):
            raise Gone(withdrawal.withdrawn_at)
        found = claim_reviews([row], Site.of(request))
        if not found:  # Each of its claims was merged or rejected since.
            raise Http404
        return HttpResponse(json.dumps(found[0], ensure_ascii=False), content_type=MEDIA_TYPE)


class ClaimReviewFeedView(JsonLdView):
    """All verifications in force as one schema.org DataFeed."""

    @extend_schema(
        operation_id="getClaimReviews",
        parameters=[OpenApiParameter("as_of", exclude=True)],
        responses=_answer("A DataFeed", FEED),
    )
    def get(self, request) -> StreamingHttpResponse:
        """All verifications in force as one schema.org DataFeed of ClaimReviews, the latest first.

        The whole record in one answer, as consumers of ClaimReview want it; it is written while it
        is read. Ask again with `If-None-Match`: 304 says that nothing changed.
        """
        site = Site.of(request)
        change = LastChange.known()
        changed = change.at if change else timezone.now()
        address = site.origin + request.path
        answer = StreamingHttpResponse(data_feed(site, address, changed), content_type=MEDIA_TYPE)
        # Each change has a second of its own, and a new version of Constat notes one.
        answer.headers["ETag"] = f'W/"{_digest(address, changed.isoformat())}"'
        answer.headers["Content-Disposition"] = 'inline; filename="claimreview.jsonld"'
        return answer


def _digest(*told: str) -> str:
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]
