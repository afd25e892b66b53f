from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api import parameters
from claims.api.negotiation import AlwaysJson
from claims.api.resources import RESOURCES
from claims.licence import LICENCE


class RootSerializer(serializers.Serializer):
    """Where everything is."""

    resources = serializers.DictField(child=serializers.URLField(), help_text="Lists, by name.")
    changes = serializers.URLField(help_text="What changed, in order: the way to a mirror.")
    dumps = serializers.URLField(help_text="Every resource whole, as files.")
    claimreview = serializers.URLField(help_text="Every ClaimReview, as one DataFeed.")
    extract = serializers.URLField(help_text="The claims of a text; takes a key.")
    match = serializers.URLField(help_text="Claims checked already, by a sentence; takes a key.")
    schema = serializers.URLField(help_text="OpenAPI, as YAML; as JSON if that is accepted.")
    documentation = serializers.URLField()
    licence = serializers.URLField(help_text="That of the data.")


class Root(APIView):
    """What there is."""

    content_negotiation_class = AlwaysJson

    @extend_schema(
        operation_id="getRoot",
        responses=RootSerializer,
        examples=[
            OpenApiExample(
                "Root",
                {
                    "resources": {"claims": "https://constat.example/api/v1/claims/"},
                    "changes": "https://constat.example/api/v1/changes/",
                    "dumps": "https://constat.example/api/v1/dumps/",
                    "claimreview": "https://constat.example/api/v1/claimreview.jsonld",
                    "extract": "https://constat.example/api/v1/extract",
                    "match": "https://constat.example/api/v1/match",
                    "schema": "https://constat.example/api/schema/",
                    "documentation": "https://constat.example/api/docs/",
                    "licence": LICENCE,
                },
            )
        ],
    )
    def get(self, request) -> HttpResponse:
        """The lists, the schema, the reference and the licence."""
        parameters.known(request.query_params, ["as_of"])
        there = request.build_absolute_uri
        return Response(
            {
                "resources": {
                    name: there(reverse(f"api-{name}-list")) for name in sorted(RESOURCES)
                },
                "changes": there(reverse("api-changes")),
                "dumps": there(reverse("api-dumps")),
                "claimreview": there(reverse("api-claimreview-feed")),
                "extract": there(reverse("api-extract")),
                "match": there(reverse("api-match")),
                "schema": there(reverse("api-schema")),
                "documentation": there(reverse("api-docs")),
                "licence": LICENCE,
            }
        )
