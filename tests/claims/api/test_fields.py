"""``fields``: only some of what a row has."""

import pytest
from django.urls import reverse

from claims.api.resources import RESOURCES
from tests.api import asked, detail, refused
from tests.factories import ClaimFactory
from tests.record import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    claim = ClaimFactory(accepted=True)
    verify(claim)
    return claim


@pytest.mark.parametrize("name", ["claims", "verifications", "evidence", "documents", "ratings"])
def test_each_field_alone_is_what_it_is_among_all(client, claim, name):
    address = reverse(f"api-{name}-list")
    (row, *_others) = asked(client, address)["results"]
    assert list(row) == list(RESOURCES[name].serializer().fields)
    for field in row:
        (alone, *_others) = asked(client, address, fields=field)["results"]
        assert alone == {"id": row["id"], field: row[field]}


def test_a_row_has_the_fields_that_are_asked_for_and_its_id(client, claim):
    answer = detail(client, "claims", claim, fields="quote,kind,quote")
    assert answer == {"id": claim.public_id, "kind": claim.kind, "quote": claim.quote}


def test_what_is_beside_has_all_its_fields(client, claim):
    answer = detail(client, "claims", claim, fields="kind", include="speaker")
    assert list(answer) == ["id", "kind", "included"]
    assert answer["included"]["speakers"][claim.speaker.public_id]["name"] == claim.speaker.name


@pytest.mark.parametrize("value", ["", "x", "text,x", "text,", "speaker.name", "*", "a" * 9000])
def test_a_field_there_is_not_is_refused(client, value):
    assert refused(client, "claims", fields=value) == ["fields"]
