"""What the API says of a passage whose document changed since."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import NOON, ClaimFactory, SentenceFactory, SnapshotFactory
from tests.record import verify

pytestmark = pytest.mark.django_db
SAID = "Deux écoles."


@pytest.fixture
def snapshot():
    return SnapshotFactory(text=SAID)


@pytest.fixture
def claim(snapshot):
    return ClaimFactory(accepted=True, sentence=SentenceFactory(snapshot=snapshot))


def later(snapshot, text):
    SnapshotFactory(document=snapshot.document, text=text, fetched_at=NOON + timedelta(days=1))


def detail(client, name, row):
    return client.get(reverse(f"api-{name}-detail", args=[row.public_id])).json()


FATES = pytest.mark.parametrize(
    ("text", "fate"),
    [(f"{SAID} Suite.", "kept"), ("Rien.", "gone"), (f"{SAID} {SAID} {SAID}", "ambiguous")],
)


@FATES
def test_a_claim_says_where_its_sentence_is(client, snapshot, claim, text, fate):
    later(snapshot, text)
    assert detail(client, "claim", claim)["sentence"]["in_latest_snapshot"] == fate


@FATES
def test_a_list_says_so_too(client, snapshot, claim, text, fate):
    later(snapshot, text)
    (row,) = client.get(reverse("api-claim-list")).json()["results"]
    assert row["sentence"]["in_latest_snapshot"] == fate


def test_it_is_null_in_the_latest_snapshot(client, claim):
    assert detail(client, "claim", claim)["sentence"]["in_latest_snapshot"] is None


@FATES
def test_a_piece_of_evidence_says_where_its_passage_is(client, snapshot, text, fate):
    later(snapshot, text)
    placed = {"document": snapshot.document, "snapshot": snapshot, "passage": SAID,
              "start": 0, "end": len(SAID)}  # fmt: skip
    verification = verify(ClaimFactory(accepted=True), evidence=[placed])
    (piece,) = detail(client, "verification", verification)["evidence"]
    assert piece["in_latest_snapshot"] == fate


def test_a_list_of_claims_in_changed_documents_needs_as_many_queries_as_the_baseline(
    client, counted_queries
):
    for _row in range(10):
        later(ClaimFactory(accepted=True).sentence.snapshot, "Rien.")
    with counted_queries("api claim list, changed documents"):
        client.get(reverse("api-claim-list"))
