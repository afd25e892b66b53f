"""The addresses below /api/v1/."""

from django.urls import include, path

from claims.api.changes import ChangesView
from claims.api.claim_reviews import ClaimReviewFeedView, ClaimReviewView
from claims.api.dumps import DumpsView
from claims.api.endpoints import router
from claims.api.extract import ExtractView
from claims.api.match import MatchView
from claims.api.root import Root
from claims.api.writing.proposals import ProposalView

urlpatterns = [
    path("", Root.as_view(), name="api-root"),
    path("", include(router.urls)),
    path("changes/", ChangesView.as_view(), name="api-changes"),
    path("changes", ChangesView.as_view(schema=None)),
    path("claimreview.jsonld", ClaimReviewFeedView.as_view(), name="api-claimreview-feed"),
    path("dumps/", DumpsView.as_view(), name="api-dumps"),
    path("extract", ExtractView.as_view(), name="api-extract"),
    path("extract/", ExtractView.as_view(schema=None)),
    path("match", MatchView.as_view(), name="api-match"),
    path("match/", MatchView.as_view(schema=None)),
    path("proposals/<slug:id>/", ProposalView.as_view(), name="api-proposal"),
    path(
        "verifications/<slug:id>/claimreview",
        ClaimReviewView.as_view(),
        name="api-claimreview",
    ),
]
