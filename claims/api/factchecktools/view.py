"""The endpoints below ``/v1alpha1/``."""

from collections.abc import Mapping

from django.http.request import split_domain_port
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import MethodNotAllowed, NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import FormParser
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.factchecktools import field_mask
from claims.api.factchecktools.answer import answer
from claims.api.factchecktools.errors import (
    InvalidArgument,
    Unauthenticated,
    Unavailable,
    Unimplemented,
    handled,
)
from claims.api.factchecktools.parameters import Asked
from claims.api.factchecktools.reviews import Reviews
from claims.api.factchecktools.search import page
from claims.api.factchecktools.shapes import (
    ANSWERS,
    PARAMETERS,
    FactCheckedClaimsSerializer,
    shape_of,
)
from claims.pages.refusing import SECONDS
from claims.structured_data.site import Site
from sources.session import no_statement_longer

SHAPE = shape_of(FactCheckedClaimsSerializer())
LONGEST = 100_000  # bytes of parameters
TRUTHS = {"true": True, "1": True, "": True, "false": False, "0": False}


class AlwaysJson(BaseContentNegotiation):
    """``alt`` says the format, not what is accepted."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class GoogleView(APIView):
    """What is refused is refused as Google does it."""

    content_negotiation_class = AlwaysJson
    renderer_classes = [JSONRenderer]
    parser_classes = [FormParser]

    def get_exception_handler(self):
        return handled

    def get_renderer_context(self) -> dict:
        pretty = getattr(self, "pretty", True)
        return super().get_renderer_context() | {"indent": 2 if pretty else None}


class ClaimSearch(GoogleView):
    """Published claims that were reviewed, in the shape of Google’s Fact Check Tools API.

    With `query`, those that match best come first. Reviews are verifications of this site, in
    force, and those of other fact-checkers of which an editor said that they are about the claim.
    Programs written for Google’s API work here unchanged once they are given this address.
    """

    @extend_schema(
        operation_id="searchFactChecks",
        tags=["factchecktools"],
        summary="Search in the shape of Google’s Fact Check Tools",
        parameters=PARAMETERS,
        responses=ANSWERS,
    )
    def get(self, request) -> Response:
        """Search claims."""
        return self._answer(request, request.query_params.dict())

    @extend_schema(exclude=True)
    def post(self, request) -> Response:
        """Google's client sends what is longer than an address may be."""
        if request.headers.get("X-HTTP-Method-Override") != "GET":
            raise MethodNotAllowed(request.method)
        if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
            raise InvalidArgument("query", "The request is too long.")
        return self._answer(request, request.query_params.dict() | request.data.dict())

    def _answer(self, request, given: Mapping[str, str]) -> Response:
        asked = Asked.parse(given)
        mask = self._read_system_parameters(given)
        site = Site.of(request)
        reviews = Reviews.wanted(asked, _host(request))
        try:
            with no_statement_longer(SECONDS):
                claims, place = page(asked, reviews)
                body = answer(claims, reviews, site, asked.token(place) if place else "")
        except TimeoutError:
            raise Unavailable("This search takes too long: ask for other words.") from None
        return Response(field_mask.select(body, mask))

    def _read_system_parameters(self, given: Mapping[str, str]) -> field_mask.Mask:
        """The part of the answer that is asked for; raises where it cannot be given so."""
        said = {name.removeprefix("$"): value for name, value in given.items()}
        if said.get("access_token") or said.get("oauth_token"):
            sentence = "OAuth tokens are not known here: use an API key, or none."
            raise Unauthenticated(sentence)
        if said.get("alt", "json") != "json":
            raise InvalidArgument("alt", f"`alt`: only json is given, not “{said['alt'][:40]}”.")
        if said.get("callback"):
            raise InvalidArgument("callback", "`callback`: there is no JSONP here; CORS is open.")
        pretty = said.get("prettyPrint", "").lower()
        if pretty not in TRUTHS:
            sentence = f"Invalid value at 'prettyPrint' (TYPE_BOOL), \"{pretty[:40]}\""
            raise InvalidArgument("prettyPrint", sentence)
        self.pretty = TRUTHS[pretty]
        return field_mask.parse(said["fields"], SHAPE) if said.get("fields") else {}


@extend_schema(exclude=True)
class NotHere(GoogleView):
    """Methods of Google's API that this site has not, and what neither has."""

    sentence = ""

    def initial(self, request, *args, **named) -> None:
        super().initial(request, *args, **named)
        if self.sentence:
            raise Unimplemented(self.sentence)
        raise NotFound("Requested entity was not found.")


def _host(request) -> str:
    """Of this site, as Google tells of a publisher's."""
    domain, _port = split_domain_port(request.get_host())
    return domain.removeprefix("www.")
