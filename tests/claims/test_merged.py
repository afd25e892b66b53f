from itertools import pairwise

import pytest
from django.urls import reverse

from claims.merge import merge_claims, merge_speakers, undo
from tests.factories import ClaimFactory, SpeakerFactory, UserFactory

pytestmark = pytest.mark.django_db


def merged(make, merge, times=1):
    """The first of a chain of merges, and the row at its end."""
    chief = UserFactory(role="chief")
    rows = [make() for _row in range(times + 1)]
    for row, into in pairwise(rows):
        merge(row, into, chief, "C’est la même.")
    return rows[0], rows[-1]


def speaker():
    return ClaimFactory(accepted=True).speaker


def claim():
    return ClaimFactory(accepted=True)


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(
    ("name", "make", "merge"),
    [("claim", claim, merge_claims), ("speaker", speaker, merge_speakers)],
)
class TestAMergedRow:
    def test_leads_to_the_page_of_the_one_kept(self, client, name, make, merge, times):
        first, last = merged(make, merge, times)
        answer = client.get(first.get_absolute_url())
        assert (answer.status_code, answer.url) == (301, last.get_absolute_url())

    def test_leads_to_the_one_kept_in_the_api(self, client, name, make, merge, times):
        first, last = merged(make, merge, times)
        answer = client.get(reverse(f"api-{name}s-detail", args=[first.public_id]))
        address = reverse(f"api-{name}s-detail", args=[last.public_id])
        assert answer.status_code == 301
        assert answer.headers["Location"] == address

    def test_is_not_listed(self, client, name, make, merge, times):
        first, last = merged(make, merge, times)
        answer = client.get(reverse(f"api-{name}s-list")).json()
        ids = [row["id"] for row in answer["results"]]
        assert first.public_id not in ids
        assert last.public_id in ids


@pytest.mark.usefixtures("english")
def test_the_redirect_stays_in_the_language(client):
    first, last = merged(claim, merge_claims)
    assert client.get(first.get_absolute_url()).url == f"/en/claims/{last.public_id}/"


def test_the_redirect_keeps_what_else_the_address_says(client):
    first, last = merged(speaker, merge_speakers)
    answer = client.get(first.get_absolute_url(), {"page": "2"})
    assert answer.url == f"{last.get_absolute_url()}?page=2"


def test_a_merge_that_was_undone_leads_nowhere_else(client):
    chief, first, last = UserFactory(role="chief"), claim(), claim()
    undo(merge_claims(first, last, chief, "C’est la même."), chief, "Ce n’est pas la même.")
    assert client.get(first.get_absolute_url()).status_code == 200


def test_no_redirect_leads_to_what_is_not_published(client):
    first, _last = merged(SpeakerFactory, merge_speakers)
    assert client.get(first.get_absolute_url()).status_code == 404
