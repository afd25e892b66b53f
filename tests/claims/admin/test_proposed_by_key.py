"""What came by a key of the API, at the desk."""

import pytest
from django.urls import reverse

from claims.models import Evidence, KeyProposal, Proposal, ProposedEvidence
from claims.propose import Sent, propose_development, propose_evidence
from sources.partial_date import PartialDate
from tests.claims.admin.forms import press
from tests.factories import ApiKeyFactory, ClaimFactory, SnapshotFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def key():
    return ApiKeyFactory(name="Tool of the newsroom", scopes=["propose"])


@pytest.fixture
def proposal(key):
    sent = Sent.of(key, "evidence", {})
    claim, snapshot = ClaimFactory(accepted=True), SnapshotFactory()
    told = {"stance": "supports", "note": "It says so."}
    return propose_evidence(sent, claim, snapshot, **told).evidence


def page(client, name, *args):
    return client.get(reverse(f"admin:claims_{name}", args=args)).content.decode()


def test_the_inbox_says_by_which_key_a_candidate_came(admin_client, key):
    claim = ClaimFactory()
    KeyProposal.objects.create(key=key, digest="0" * 64, claim=claim)
    assert "by API key “Tool of the newsroom" in page(admin_client, "claim_candidate", claim.pk)


def test_the_history_of_a_development_says_by_which_key_it_came(admin_client, key):
    claim = ClaimFactory(accepted=True)
    development = propose_development(
        Sent.of(key, "developments", {}),
        "It opens",
        PartialDate.parse("2026"),
        ClaimFactory(accepted=True),
        {claim.pk: ("fulfils", "")},
        "",
    ).development
    shown = page(admin_client, "development_history", development.pk)
    assert "by API key “Tool of the newsroom" in shown


def test_proposed_evidence_waits_on_the_first_page_and_in_its_list(admin_client, proposal):
    assert "Proposed evidence" in admin_client.get(reverse("admin:index")).content.decode()
    shown = page(admin_client, "proposedevidence_changelist")
    assert "It says so." in shown
    assert "Tool of the newsroom" in shown


def test_what_is_accepted_is_in_a_draft_of_the_editor(admin_client, admin_user, proposal):
    answer = press(admin_client, proposal, "accept")
    piece = Evidence.objects.get()
    assert (piece.note, piece.verification.author) == ("It says so.", admin_user)
    assert list(piece.verification.claims.all()) == [proposal.claim]
    draft = reverse("admin:claims_verification_change", args=[piece.verification_id])
    assert answer.redirect_chain[0][0] == draft
    assert ProposedEvidence.objects.get().status == Proposal.Status.ACCEPTED


def test_it_is_cited_once(admin_client, proposal):
    address = reverse("admin:claims_proposedevidence_changelist")
    for _time in range(2):
        admin_client.post(address, {"action": "accept_selected", "_selected_action": [proposal.pk]})
    assert Evidence.objects.count() == 1


def test_what_is_refused_is_cited_nowhere(admin_client, proposal):
    press(admin_client, proposal, "refuse")
    assert ProposedEvidence.objects.get().status == Proposal.Status.REFUSED
    assert not Evidence.objects.exists()
