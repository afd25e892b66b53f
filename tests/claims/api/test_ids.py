"""Ids of the API: those of merged rows lead on, those of what is gone say so."""

import pytest

from claims.api.resources import RESOURCES
from claims.decide import reject
from claims.merge import merge_claims, merge_speakers
from claims.models import Claim
from tests.api import asked, detail, listed
from tests.factories import ClaimFactory, EffectFactory, UserFactory
from tests.record import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return UserFactory(role="chief")


@pytest.fixture
def merged(chief):
    """Two claims of two speakers: each of the first merged into the second."""
    double, kept = ClaimFactory.create_batch(2, accepted=True)
    first = double.speaker
    merge_claims(double, kept, chief, "La même phrase.")
    merge_speakers(first, kept.speaker, chief, "La même personne.")
    kept.refresh_from_db()
    return {"claims": (double, kept), "speakers": (first, kept.speaker)}


@pytest.mark.parametrize("name", ["claims", "speakers"])
class TestTheIdOfAMergedRow:
    def test_leads_to_the_one_that_is_kept(self, client, merged, name):
        double, kept = merged[name]
        answer = client.get(f"/api/v1/{name}/{double.public_id}/")
        assert (answer.status_code, answer.url) == (301, f"/api/v1/{name}/{kept.public_id}/")

    def test_keeps_what_was_asked(self, client, merged, name):
        double, kept = merged[name]
        answer = client.get(f"/api/v1/{name}/{double.public_id}/?fields=id&as_of=9999-12-31")
        assert answer.status_code == 400
        answer = client.get(f"/api/v1/{name}/{double.public_id}/?fields=id")
        assert answer.url == f"/api/v1/{name}/{kept.public_id}/?fields=id"


def test_a_filter_by_a_merged_row_is_one_by_the_row_that_is_kept(client, merged):
    (claim, kept), (speaker, _kept) = merged["claims"], merged["speakers"]
    verification = verify(kept)
    assert listed(client, "verifications", claim=claim.public_id) == [verification.public_id]
    assert listed(client, "claims", speaker=speaker.public_id) == [kept.public_id]


class TestWhatWasPublic:
    def test_is_gone_and_says_since_when(self, client, chief):
        claim = ClaimFactory(accepted=True)
        reject(Claim.objects.filter(pk=claim.pk), chief, "Non.")
        answer = detail(client, "claims", claim, status=410)
        assert (answer["status"], answer["type"]) == (410, "about:blank")
        assert "20" in answer["detail"]

    def test_takes_its_speaker_and_document_along(self, client, chief):
        claim = ClaimFactory(accepted=True)
        reject(Claim.objects.filter(pk=claim.pk), chief, "Non.")
        detail(client, "speakers", claim.speaker, status=410)
        detail(client, "documents", claim.document, status=410)


NO_IDS = ["%00", "a b", "-", "é", "1" * 300, "²", "%2e%2e", "1-1-1", "'--", "9" * 17]


@pytest.mark.parametrize("name", RESOURCES)
def test_what_is_no_id_is_not_found(client, name):
    found = {given: client.get(f"/api/v1/{name}/{given}/").status_code for given in NO_IDS}
    assert found == dict.fromkeys(NO_IDS, 404)


@pytest.mark.parametrize("name", ["developments", "claims"])
def test_a_row_that_is_joined_twice_comes_once(client, name):
    effect = EffectFactory()
    EffectFactory(claim=effect.claim)
    EffectFactory(development=effect.development)
    wanted = effect.development if name == "developments" else effect.claim
    given = {"developments": {"claim": effect.claim.public_id}, "claims": {"basis": "development"}}
    found = listed(client, name, **given[name])
    assert len(found) == len(set(found))
    assert wanted.public_id in found


def test_an_id_has_one_answer_with_or_without_its_slash(client):
    claim = ClaimFactory(accepted=True)
    answer = client.get(f"/api/v1/claims/{claim.public_id}?fields=id")
    assert (answer.status_code, answer.url) == (
        308,
        f"/api/v1/claims/{claim.public_id}/?fields=id",
    )
    assert asked(client, answer.url) == {"id": claim.public_id}
