"""Google's own client works against this site, unchanged."""

from contextlib import ExitStack

import httplib2
import pytest
from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from claims.models import Claim
from sources.partial_date import PartialDate
from tests.claims.api.factchecktools.elsewhere import reviewed_by
from tests.factories import ClaimFactory
from tests.record import verify
from tests.served import served

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    """Google's client, told where this site is, and perhaps with which access."""
    with served() as site, ExitStack() as closed_in_the_end:

        def built(**access):
            access = access or {"developerKey": "AIzaSyAnything"}
            where = {"api_endpoint": site}
            service = build(
                "factchecktools", "v1alpha1", static_discovery=True, client_options=where, **access
            )
            service.site = site
            return closed_in_the_end.enter_context(service)

        yield built


@pytest.fixture
def claims() -> list[Claim]:
    """Five that are verified."""
    claims = [
        ClaimFactory(
            accepted=True,
            wording=f"deux écoles ouvriront à Vernaz ({number})",
            said_on=PartialDate.parse("2025-12-03"),
        )
        for number in range(5)
    ]
    for claim in claims:
        verify(claim, summary=f"Une seule est financée ({claim.pk}).")
    return claims


def test_it_finds_claims_by_words_and_goes_through_their_pages(service, claims):
    search = service().claims()
    request = search.search(query="école Vernaz", languageCode="fr-FR", pageSize=2)
    found, pages = [], 0
    while request is not None:
        answer = request.execute()
        found += answer["claims"]
        pages += 1
        request = search.search_next(request, answer)
    assert pages == 3
    assert sorted(one["text"] for one in found) == [
        f"Deux écoles ouvriront à Vernaz ({number})" for number in range(5)
    ]


def test_what_it_is_given_is_what_googles_reference_says(service, claims):
    claim = claims[0]
    reviewed_by("verif.test", claim)
    (verification,) = claim.verifications.all()
    search = service()
    answer = search.claims().search(query=f"Vernaz {claims.index(claim)}").execute()
    assert answer == {
        "claims": [
            {
                "text": "Deux écoles ouvriront à Vernaz (0)",
                "claimant": claim.speaker.name,
                "claimDate": "2025-12-03T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "Constat", "site": "localhost"},
                        "url": search.site + verification.get_absolute_url(),
                        "title": verification.summary,
                        "reviewDate": "2025-12-08T12:00:00Z",
                        "textualRating": "Imprécis",
                        "languageCode": "fr",
                    },
                    {
                        "publisher": {"name": "verif.test", "site": "verif.test"},
                        "url": "https://www.verif.test/1",
                        "title": "Vrai ou faux ? (1)",
                        "reviewDate": "2025-12-05T00:00:00Z",
                        "textualRating": "Plutôt faux",
                        "languageCode": "fr",
                    },
                ],
            }
        ]
    }


@pytest.mark.parametrize(
    "access", [{"credentials": AnonymousCredentials()}, {"http": httplib2.Http()}]
)
def test_it_needs_no_key(service, claims, access):
    search = service(**access).claims()
    assert len(search.search(query="Vernaz").execute()["claims"]) == 5


def test_it_is_given_a_part_of_the_answer(service, claims):
    search = service().claims()
    parts = "claims(claimReview/publisher/name),nextPageToken"
    request = search.search(query="Vernaz", pageSize=4, fields=parts, prettyPrint="false")
    answer = request.execute()
    assert answer["claims"] == [{"claimReview": [{"publisher": {"name": "Constat"}}]}] * 4
    assert "nextPageToken" in answer


def test_a_query_too_long_for_an_address_is_answered(service, claims):
    search = service().claims()
    answer = search.search(query="Vernaz " + "x" * 3000).execute()
    assert answer == {}


def test_nothing_found_is_an_empty_answer(service):
    assert service().claims().search(query="dromadaire").execute() == {}


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({}, "`query`: Required unless `reviewPublisherSiteFilter` is specified."),
        ({"query": "x", "pageSize": -1}, "`pageSize` must not be negative."),
        ({"query": "x", "pageToken": "x"}, "Invalid page token."),
        ({"query": "x", "fields": "claims(author)"}, "Invalid field selection claims/author"),
    ],
)
def test_it_raises_what_is_refused_with_the_reason(service, asked, why):
    with pytest.raises(HttpError) as refused:
        service().claims().search(**asked).execute()
    assert (refused.value.status_code, refused.value.reason) == (400, why)
    assert refused.value.error_details[0]["fieldViolations"][0]["description"] == why


def test_it_raises_that_there_is_no_search_by_image(service):
    images = service().claims().imageSearch(imageUri="https://verif.test/1.png")
    with pytest.raises(HttpError) as refused:
        images.execute()
    assert refused.value.status_code == 501
    assert refused.value.reason.startswith("claims.imageSearch is not implemented here")


def test_it_raises_that_it_writes_no_markup(service):
    with pytest.raises(HttpError) as refused:
        service().pages().create(body={"pageUrl": "https://verif.test"}).execute()
    assert refused.value.status_code == 501
