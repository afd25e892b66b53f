"""The addresses of the API's resources, and what may be asked of each."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.routers import SimpleRouter

from claims.api import filters
from claims.api.fields import DATE
from claims.api.resources import RESOURCES
from claims.api.viewset import LISTED, ResourceViewSet
from claims.api.whereabouts import TellsWhereabouts
from claims.api.writing.proposing import ProposingClaims, ProposingDevelopments, ProposingEvidence
from claims.models import Claim
from claims.query import LATEST, NAMES, RELEVANCE, ClaimQuery, Refused

QUERY = [
    OpenApiParameter("q", str, description="Words, as the search of the site reads them."),
    OpenApiParameter("speaker", str, many=True, description="Id; of several, said by any of them."),
    OpenApiParameter("kind", str, enum=Claim.Kind.values, description="Which kind of claim."),
    OpenApiParameter(
        "standing",
        str,
        description="Where it stands today: a rating, an outcome, “unverified” …",
    ),
    OpenApiParameter("publisher", str, description="Id of who published the source sentence."),
    OpenApiParameter("from", DATE, description="Said then or later: a day, a month or a year."),
    OpenApiParameter("to", DATE, description="Said then or before: a day, a month or a year."),
    OpenApiParameter(
        "sort",
        str,
        enum=[RELEVANCE, LATEST],
        description="By relevance where there are words, else by the day an editor let it in or, "
        "within a period, by the day it was said.",
    ),
]


class ClaimViewSet(ProposingClaims, ResourceViewSet):
    """Claims an editor let in."""

    resource = RESOURCES["claims"]
    several = ("speaker",)
    filterset_class = filters.ClaimFilter

    def names(self) -> tuple[str, ...]:
        """Those of a search, and of the filters beside it."""
        return (*NAMES, *super().names())

    def found(self) -> tuple[QuerySet, tuple[str, ...]]:
        """What the search of the site finds, filtered further."""
        beside = (*LISTED, *super().names())
        query = ClaimQuery.parse(self.request.query_params, beside=beside)
        if self.request.query_params.get("q", "").strip() and not query.q:
            raise Refused("q", _("“q” takes words."))
        rows = self.filter_queryset(query.found())
        if query.order == RELEVANCE:
            return rows, ()
        if query.period:
            return rows.filter(said_on__isnull=False), ("-said_on", "-pk")
        return rows, self.resource.by

    @extend_schema(parameters=QUERY)
    def list(self, request):
        """Claims, the latest let in first unless something else is asked for."""
        return super().list(request)


class SpeakerViewSet(ResourceViewSet):
    """Speakers a published claim is attributed to."""

    resource = RESOURCES["speakers"]
    filterset_class = filters.SpeakerFilter


class DocumentViewSet(ResourceViewSet):
    """Documents that hold a published claim, or that a finding or development cites."""

    resource = RESOURCES["documents"]
    filterset_class = filters.DocumentFilter


class SentenceViewSet(TellsWhereabouts, ResourceViewSet):
    """Sentences that published claims stand in, or appear in."""

    resource = RESOURCES["sentences"]
    filterset_class = filters.SentenceFilter


class VerificationViewSet(ResourceViewSet):
    """Published verifications, every version, the latest first."""

    resource = RESOURCES["verifications"]
    filterset_class = filters.VerificationFilter


class EvidenceViewSet(TellsWhereabouts, ProposingEvidence, ResourceViewSet):
    """What published verifications rest on."""

    resource = RESOURCES["evidence"]
    filterset_class = filters.EvidenceFilter


class DevelopmentViewSet(ProposingDevelopments, ResourceViewSet):
    """Accepted developments, the latest let in first."""

    resource = RESOURCES["developments"]
    filterset_class = filters.DevelopmentFilter


class ForecastViewSet(ResourceViewSet):
    """When and by what predictions and commitments are judged, and how they came out."""

    resource = RESOURCES["forecasts"]
    filterset_class = filters.ForecastFilter


class CorrectionViewSet(ResourceViewSet):
    """The register of corrections, the latest first."""

    resource = RESOURCES["corrections"]
    filterset_class = filters.CorrectionFilter


class RatingViewSet(ResourceViewSet):
    """The values of the rating scale, in each of its versions."""

    resource = RESOURCES["ratings"]
    filterset_class = filters.RatingFilter


class PublisherViewSet(ResourceViewSet):
    """Who published the documents that are shown."""

    resource = RESOURCES["publishers"]
    filterset_class = filters.PublisherFilter


router = SimpleRouter()
for viewset in (
    ClaimViewSet, SpeakerViewSet, DocumentViewSet, SentenceViewSet, VerificationViewSet,
    EvidenceViewSet, DevelopmentViewSet, ForecastViewSet, CorrectionViewSet, RatingViewSet,
    PublisherViewSet,
):  # fmt: skip
    name = viewset.resource.name
    router.register(name, viewset, f"api-{name}")
