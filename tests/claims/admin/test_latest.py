"""What the desk says of claims whose document changed since."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.claims.admin.forms import address
from tests.factories import NOON, ClaimFactory, SentenceFactory, SnapshotFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
SAID = "Deux écoles."
LATER = {"kept": f"{SAID} Suite.", "gone": "Rien.", "ambiguous": f"{SAID} {SAID} {SAID}"}


@pytest.fixture
def claims():
    """One of each fate, by its name, and one whose document did not change: "latest"."""
    found = {}
    for fate in (*LATER, "latest"):
        snapshot = SnapshotFactory(text=SAID)
        found[fate] = ClaimFactory(sentence=SentenceFactory(snapshot=snapshot))
        if text := LATER.get(fate):
            SnapshotFactory(
                document=snapshot.document, text=text, fetched_at=NOON + timedelta(days=1)
            )
    return found


def listed(client, **filters):
    answer = client.get(reverse("admin:claims_claim_changelist"), filters)
    return {claim.pk for claim in answer.context["cl"].queryset}


@pytest.mark.parametrize(
    ("value", "fates"),
    [
        ("kept", ["kept"]),
        ("gone", ["gone"]),
        ("ambiguous", ["ambiguous"]),
        ("flagged", ["gone", "ambiguous"]),
    ],
)
def test_the_list_is_filtered_by_where_passages_are(admin_client, claims, value, fates):
    assert listed(admin_client, in_latest_snapshot=value) == {claims[fate].pk for fate in fates}


def test_other_filters_hold_beside_it(admin_client, claims):
    ClaimFactory(accepted=True, sentence=claims["gone"].sentence, content=[(0, 4)])
    filters = {"in_latest_snapshot": "gone", "status__exact": "candidate"}
    assert listed(admin_client, **filters) == {claims["gone"].pk}


@pytest.mark.parametrize(
    ("fate", "told"),
    [
        ("kept", "still there"),
        ("gone", "no longer there"),
        ("ambiguous", "there more than once"),
    ],
)
def test_the_form_says_where_the_passage_is(admin_client, claims, fate, told):
    page = admin_client.get(address(claims[fate]))
    assert told in page.content.decode()


def test_the_form_says_nothing_of_a_passage_in_the_latest_snapshot(admin_client, claims):
    page = admin_client.get(address(claims["latest"]))
    assert " there" not in page.content.decode().partition("<main")[2].partition("How it was")[0]


def test_the_filtered_list_needs_as_many_queries_as_the_baseline(
    admin_client, claims, counted_queries
):
    with counted_queries("admin claim list, flagged"):
        listed(admin_client, in_latest_snapshot="flagged")
