"""What the API says of a passage whose document changed since."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.api import asked, sentence_id
from tests.factories import NOON, ClaimFactory, SentenceFactory, SnapshotFactory
from tests.record import verify

pytestmark = pytest.mark.django_db
SAID = "Deux écoles."
FATES = pytest.mark.parametrize(
    ("text", "fate"),
    [(f"{SAID} Suite.", "kept"), ("Rien.", "gone"), (f"{SAID} {SAID} {SAID}", "ambiguous")],
)


@pytest.fixture
def snapshot():
    return SnapshotFactory(text=SAID)


def later(snapshot, text):
    SnapshotFactory(document=snapshot.document, text=text, fetched_at=NOON + timedelta(days=1))


def whereabouts(client, name, row, status=200, **parameters):
    address = reverse(f"api-{name}-whereabouts", args=[row])
    return asked(client, address, status, **parameters).get("in_latest_snapshot")


@FATES
def test_a_sentence_says_where_it_is(client, snapshot, text, fate):
    claim = ClaimFactory(accepted=True, sentence=SentenceFactory(snapshot=snapshot))
    later(snapshot, text)
    assert whereabouts(client, "sentences", sentence_id(claim.sentence)) == fate


def test_it_is_null_in_the_latest_snapshot(client, snapshot):
    claim = ClaimFactory(accepted=True, sentence=SentenceFactory(snapshot=snapshot))
    assert whereabouts(client, "sentences", sentence_id(claim.sentence)) is None


def test_of_a_sentence_that_is_not_public_nothing_is_said(client, snapshot):
    claim = ClaimFactory(sentence=SentenceFactory(snapshot=snapshot))
    whereabouts(client, "sentences", sentence_id(claim.sentence), status=404)


@FATES
def test_a_piece_of_evidence_says_where_its_passage_is(client, snapshot, text, fate):
    later(snapshot, text)
    placed = {"document": snapshot.document, "snapshot": snapshot, "passage": SAID,
              "start": 0, "end": len(SAID)}  # fmt: skip
    verification = verify(ClaimFactory(accepted=True), evidence=[placed])
    assert whereabouts(client, "evidence", f"{verification.public_id}-1") == fate


def test_evidence_without_a_place_has_no_whereabouts(client):
    verification = verify(ClaimFactory(accepted=True))
    assert whereabouts(client, "evidence", f"{verification.public_id}-1") is None


def test_takes_no_parameter_but_the_time(client, snapshot):
    claim = ClaimFactory(accepted=True, sentence=SentenceFactory(snapshot=snapshot))
    whereabouts(client, "sentences", sentence_id(claim.sentence), status=400, limit="1")
