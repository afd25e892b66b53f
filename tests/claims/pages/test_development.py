import pytest

from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
)
from tests.pages import shown

pytestmark = pytest.mark.django_db


def test_shows_what_happened_and_to_which_claims(client):
    effect = EffectFactory()
    page = shown(client, effect.development)
    assert effect.development.account in page
    assert effect.claim.get_absolute_url() in page


def test_links_to_the_later_claim_it_rests_on(client):
    later = ClaimFactory(accepted=True)
    effect = EffectFactory(development__document=None, development__claim=later)
    assert later.get_absolute_url() in shown(client, effect.development)
    assert later.get_absolute_url() in shown(client, effect.claim)


def test_is_not_there_before_it_is_accepted(client):
    assert client.get(DevelopmentFactory().get_absolute_url()).status_code == 404


@pytest.mark.parametrize("address", ["/developments/", "own"])
def test_hides_an_effect_nobody_accepted(client, address):
    effect = EffectFactory(proposed=True)
    page = shown(client, effect.development if address == "own" else address)
    assert effect.claim.get_absolute_url() not in page
