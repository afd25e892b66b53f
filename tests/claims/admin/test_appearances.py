import pytest
from django.urls import reverse
from psycopg.types.range import Int4Range

from claims.models import Appearance, Claim
from claims.roles import CONTRIBUTOR
from tests.claims.admin.forms import address, send
from tests.factories import ClaimFactory, SentenceFactory, SnapshotFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def appearance():
    """Of a claim, in another document."""
    sentence = SentenceFactory(snapshot=SnapshotFactory(text="Repris : elle promet deux écoles."))
    return ClaimFactory().appearances.create(sentence=sentence, content=[Int4Range(21, 32)])


def test_a_claim_shows_where_else_it_is_reported(admin_client, appearance):
    page = admin_client.get(address(appearance.claim)).content.decode()
    assert str(appearance.sentence.snapshot.document) in page
    assert "Repris : elle promet deux écoles." in page


def test_what_is_taken_away_becomes_a_candidate(admin_client, appearance):
    send(admin_client, appearance.claim, **{"appearances-0-DELETE": "on"})
    claim = Claim.objects.get(sentence=appearance.sentence)
    assert (claim.quote, claim.status) == ("deux écoles", Claim.Status.CANDIDATE)
    assert not Appearance.objects.exists()


def test_the_history_says_who_took_it_away(client, appearance):
    editor = UserFactory()
    client.force_login(editor)
    send(client, appearance.claim, **{"appearances-0-DELETE": "on"}, reason="une autre réunion")
    page = client.get(reverse("admin:claims_claim_history", args=[appearance.claim.pk]))
    assert editor.username in page.content.decode()
    assert "une autre réunion" in page.content.decode()


def test_a_contributor_takes_nothing_away(client, appearance):
    client.force_login(UserFactory(role=CONTRIBUTOR))
    page = client.get(address(appearance.claim)).content.decode()
    assert "appearances-0-DELETE" not in page
