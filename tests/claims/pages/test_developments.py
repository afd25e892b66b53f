"""Developments: all of them, and one that bears on many claims."""

import pytest

from claims.pages import developments
from tests.factories import DevelopmentFactory, EffectFactory
from tests.pages import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def effects():
    """Seven of one development, in the order of their claims."""
    development = DevelopmentFactory(accepted=True)
    found = [EffectFactory(development=development) for _effect in range(7)]
    return sorted(found, key=lambda effect: effect.claim_id)


def missing(page, effects):
    return [effect for effect in effects if effect.claim.get_absolute_url() not in page]


def test_a_list_tells_the_first_of_many_effects_and_where_the_others_are(client, effects):
    page = shown(client, "/en/developments/")
    assert missing(page, effects) == effects[5:]
    assert "What it does to other claims" in page


def test_the_page_of_one_tells_them_all(client, effects):
    assert missing(shown(client, effects[0].development), effects) == []


def test_the_page_of_one_goes_on_over_pages(client, effects, monkeypatch):
    monkeypatch.setattr(developments, "EFFECTS", 5)
    address = effects[0].development.get_absolute_url()
    assert missing(shown(client, address), effects) == effects[5:]
    assert missing(shown(client, f"{address}?page=2"), effects) == effects[:5]


def test_few_effects_lead_to_no_other_page(client):
    EffectFactory()
    assert "What it does to other claims" not in shown(client, "/en/developments/")


def test_a_page_needs_as_many_queries_whatever_the_effects(client, counted_queries, effects):
    for _development in range(3):
        EffectFactory()
    with counted_queries("page /developments/"):
        shown(client, "/en/developments/")
    with counted_queries("development page"):
        shown(client, effects[0].development)
