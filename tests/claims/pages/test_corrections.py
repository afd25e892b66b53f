"""The register of corrections, and the pages of what was corrected."""

import pytest

from claims.correct import correct
from tests.factories import (
    ClaimFactory,
    EffectFactory,
    UserFactory,
)
from tests.pages import heading, shown
from tests.record import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected():
    return ClaimFactory(accepted=True, wording="Trois écoles.")


@pytest.fixture
def correction(corrected):
    note = "Nous avions écrit trois."
    return correct(corrected, "error", note, UserFactory(), wording="Deux écoles.")


def test_are_listed_with_before_and_after(client, correction):
    page = shown(client, "/corrections/")
    texts = (correction.note, "Trois écoles.", "Deux écoles.")
    assert [text for text in texts if text not in page] == []
    assert correction.claim.get_absolute_url() in page


def test_of_a_claim_are_at_the_top_of_its_page(client, corrected, correction):
    assert correction.note in heading(client, corrected)


def test_of_a_verification_are_at_the_top_of_its_page(client):
    verification = verify(ClaimFactory(accepted=True))
    note = correct(verification, "right_of_reply", "La mairie répond.", UserFactory()).note
    assert note in heading(client, verification)


def test_of_a_development_are_at_the_top_of_its_page(client):
    development = EffectFactory().development
    note = correct(development, "update", "Un chiffre nouveau.", UserFactory()).note
    assert note in heading(client, development)
    listed = shown(client, "/developments/")
    assert listed.index(note) < listed.index(development.title)


def test_go_on_over_pages(client, corrected):
    for _row in range(21):
        correct(corrected, "update", "Un chiffre nouveau.", UserFactory())
    assert shown(client, "/corrections/?page=2").count("<article") == 1
