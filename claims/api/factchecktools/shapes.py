"""What the answers look like, for the schema of the API, with examples."""
# ruff: noqa: N815 - the names are Google's

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from claims.api.factchecktools.field_mask import Mask


class ReviewPublisherSerializer(serializers.Serializer):
    name = serializers.CharField(required=False, help_text="Who reviewed the claim.")
    site = serializers.CharField(
        required=False, help_text="The host of the review, without “www.”: lemonde.fr."
    )


class ReviewSerializer(serializers.Serializer):
    publisher = ReviewPublisherSerializer(required=False)
    url = serializers.CharField(required=False, help_text="The address of the review.")
    title = serializers.CharField(required=False)
    reviewDate = serializers.DateTimeField(
        required=False, help_text="Left out where no day is known."
    )
    textualRating = serializers.CharField(required=False, help_text="In the words of the reviewer.")
    languageCode = serializers.CharField(
        required=False, help_text="The language the review is written in."
    )


class FactCheckedClaimSerializer(serializers.Serializer):
    """A claim with its reviews. What is not known is left out."""

    text = serializers.CharField(required=False)
    claimant = serializers.CharField(required=False, help_text="Who made the claim.")
    claimDate = serializers.DateTimeField(
        required=False, help_text="When the claim was made; left out where no day is known."
    )
    claimReview = ReviewSerializer(many=True, required=False)


class FactCheckedClaimsSerializer(serializers.Serializer):
    """An empty object where nothing is found."""

    claims = FactCheckedClaimSerializer(many=True, required=False)
    nextPageToken = serializers.CharField(
        required=False, help_text="For `pageToken`; left out on the last page."
    )


class GoogleStatusSerializer(serializers.Serializer):
    code = serializers.IntegerField(help_text="That of HTTP.")
    message = serializers.CharField(help_text="For developers, in English.")
    status = serializers.CharField(help_text="A name of google.rpc.Code.")
    details = serializers.ListField(
        child=serializers.DictField(), required=False, help_text="Each with its `@type`."
    )


class GoogleErrorSerializer(serializers.Serializer):
    """As Google’s services refuse."""

    error = GoogleStatusSerializer()


def shape_of(serializer: serializers.Serializer) -> Mask:
    """The names there are in an answer, each with those in it."""
    found = {}
    for name, field in serializer.fields.items():
        inner = getattr(field, "child", field)
        found[name] = shape_of(inner) if isinstance(inner, serializers.Serializer) else {}
    return found


EXAMPLE = {
    "claims": [
        {
            "text": "Le SMIC augmentera de 10 % au 1er janvier",
            "claimant": "Jeanne Roux",
            "claimDate": "2025-12-03T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "Constat", "site": "constat.example"},
                    "url": "https://constat.example/verifications/vrfctn2222/",
                    "title": "La hausse décidée est de 1,18 %.",
                    "reviewDate": "2025-12-08T12:00:00Z",
                    "textualRating": "Faux",
                    "languageCode": "fr",
                }
            ],
        }
    ],
    "nextPageToken": "WyI1ZjJ…",
}
REFUSED = {
    "error": {
        "code": 400,
        "message": "`pageSize` must not be negative.",
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [
                    {"field": "pageSize", "description": "`pageSize` must not be negative."}
                ],
            }
        ],
    }
}
EXHAUSTED = {
    "error": {
        "code": 429,
        "message": "Resource has been exhausted (e.g. check quota).",
        "status": "RESOURCE_EXHAUSTED",
        "details": [
            {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "30s"},
        ],
    }
}
UNAVAILABLE = {
    "error": {
        "code": 503,
        "message": "This search takes too long: ask for other words.",
        "status": "UNAVAILABLE",
    }
}
UNAUTHENTICATED = {
    "error": {
        "code": 401,
        "message": "OAuth tokens are not known here: use an API key, or none.",
        "status": "UNAUTHENTICATED",
    }
}


def _refusal(description: str, example: dict) -> OpenApiResponse:
    examples = [OpenApiExample(description, value=example)]
    return OpenApiResponse(GoogleErrorSerializer, description, examples)


ANSWERS = {
    200: OpenApiResponse(
        FactCheckedClaimsSerializer,
        "Claims with their reviews.",
        [OpenApiExample("A page", value=EXAMPLE)],
    ),
    400: _refusal("A parameter does not hold, or is unknown.", REFUSED),
    401: _refusal("An OAuth token was given.", UNAUTHENTICATED),
    429: _refusal("Too much was asked.", EXHAUSTED),
    503: _refusal("The search takes too long.", UNAVAILABLE),
}


def _parameter(name: str, description: str, kind: type = str, **more) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=description, **more)


_NOT_NEGATIVE = {"type": "integer", "format": "int32", "minimum": 0}
PARAMETERS = [
    _parameter(
        "query",
        'Words, all of them wanted, in any form and with or without accents; `"two words"` in'
        " that order; `-word` left out. Required unless `reviewPublisherSiteFilter` is given.",
        examples=[OpenApiExample("Words", value="SMIC 10 %")],
    ),
    _parameter(
        "languageCode",
        "Only reviews written in that language (BCP 47); its region is not considered.",
        examples=[OpenApiExample("French", value="fr-FR")],
    ),
    _parameter(
        "reviewPublisherSiteFilter",
        "Only reviews on that site: the host of this one, or of another fact-checker. Without"
        " `query`, the latest first.",
        examples=[OpenApiExample("A site", value="lemonde.fr")],
    ),
    _parameter("maxAgeDays", "Only reviews of so many days; 0 for any.", _NOT_NEGATIVE),
    _parameter(
        "pageSize",
        "Claims on a page, at most 100; 0 for the usual number.",
        _NOT_NEGATIVE | {"default": 10},
    ),
    _parameter(
        "pageToken", "The `nextPageToken` of the page before, with the same other parameters."
    ),
    _parameter(
        "offset",
        "Where to begin, if there is no `pageToken`.",
        _NOT_NEGATIVE | {"maximum": 1000},
    ),
    _parameter(
        "key", "A key of this API. One of Google’s is of no meaning here, and does no harm."
    ),
    _parameter("alt", "The format.", enum=["json"]),
    _parameter(
        "fields",
        "A part of the answer.",
        examples=[OpenApiExample("Two fields", value="claims(text,claimReview/url)")],
    ),
    _parameter("prettyPrint", "With line breaks.", bool, default=True),
    OpenApiParameter("as_of", exclude=True),
]
