import pytest
from django.urls import reverse

from claims.models import Claim
from tests.claims.admin.forms import send
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db

LIST = "admin:claims_claim_changelist"
TEXT = "Phrase avant. La maire promet deux écoles. Phrase après."


@pytest.fixture
def claim():
    """A candidate between two sentences."""
    snapshot = SnapshotFactory(text=TEXT)
    spans = [(0, 13), (14, 42), (43, 56)]
    sentences = [SentenceFactory(snapshot=snapshot, start=a, end=b) for a, b in spans]
    return ClaimFactory(sentence=sentences[1], content=[(30, 41)], quote="deux écoles")


def test_the_list_shows_the_claim_its_speaker_its_date_and_its_context(admin_client, claim):
    page = admin_client.get(reverse(LIST), headers={"accept-language": "fr"}).content.decode()
    shown = ("deux écoles", claim.speaker.name, "3 décembre 2025", "Phrase avant.", "Phrase après.")
    assert [text for text in shown if text not in page] == []


def test_the_list_needs_as_many_queries_for_25_rows_as_the_baseline(admin_client, counted_queries):
    for _row in range(25):
        ClaimFactory()
    with counted_queries("admin claim list"):
        admin_client.get(reverse(LIST))


@pytest.mark.parametrize(("act", "status"), [("accept", "accepted"), ("reject", "rejected")])
def test_the_selected_claims_are_decided(admin_client, admin_user, claim, act, status):
    data = {"action": f"{act}_selected", "_selected_action": [claim.pk], "because": "duplicate"}
    admin_client.post(reverse(LIST), data)
    claim.refresh_from_db()
    assert (claim.status, claim.decided_by) == (status, admin_user)


def test_the_selected_claims_are_rejected_for_a_reason(admin_client, claim):
    data = {"action": "reject_selected", "_selected_action": [claim.pk]}
    admin_client.post(reverse(LIST), data)
    claim.refresh_from_db()
    assert claim.status == "candidate"


def test_the_form_shows_the_claim_marked_in_its_sentence(admin_client, claim):
    page = admin_client.get(reverse("admin:claims_claim_change", args=[claim.pk]))
    assert "<mark>deux écoles</mark>" in page.content.decode()


def test_a_wording_and_a_date_are_edited(admin_client, claim):
    send(admin_client, claim, wording="Deux écoles ouvriront.", said_on="2025-12")
    claim.refresh_from_db()
    assert (claim.wording, claim.said_on.isoformat()) == ("Deux écoles ouvriront.", "2025-12")


def test_another_speaker_is_chosen(admin_client, claim):
    other = SpeakerFactory()
    send(admin_client, claim, speaker=other.pk)
    claim.refresh_from_db()
    assert claim.speaker == other


def test_a_speaker_in_a_narrated_claim_is_refused_in_words(admin_client, claim):
    answer = send(admin_client, claim, quotation="none")
    assert answer.context["adminform"].form.non_field_errors()
    claim.refresh_from_db()
    assert claim.quotation == "indirect"


def test_save_accept_next_leads_to_the_next_candidate(admin_client, claim):
    following = ClaimFactory(check_worthiness=0.9)
    answer = send(admin_client, claim, claims_claim_accept="1")
    assert answer.context["claim"] == following
    assert Claim.objects.published().get() == claim


def test_save_reject_next_ends_at_the_inbox(admin_client, claim):
    answer = send(admin_client, claim, claims_claim_reject="1")
    assert answer.redirect_chain[-1][0] == reverse("admin:claims_claim_inbox")
    claim.refresh_from_db()
    assert claim.status == "rejected"


def test_rejecting_a_claim_with_a_published_verification_does_not_say_it_was_rejected(
    admin_client,
):
    claim = ClaimFactory(accepted=True)
    VerificationFactory(published=True, claims=[claim])
    answer = send(admin_client, claim, claims_claim_reject="1")
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["0 affirmation écartée."]


def test_the_form_has_no_row_that_would_have_to_be_filled_in(admin_client, claim):
    page = admin_client.get(reverse("admin:claims_claim_change", args=[claim.pk]))
    rows = [inline.formset.total_form_count() for inline in page.context["inline_admin_formsets"]]
    assert set(rows) == {0}


def test_a_claim_is_linked_to_a_draft_verification(admin_client, claim):
    verification = VerificationFactory()
    prefix = "coverage"
    send(
        admin_client,
        claim,
        **{f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-0-verification": verification.pk},
    )
    assert list(claim.verifications.all()) == [verification]


def test_a_published_verification_takes_no_further_claim(admin_client, claim):
    verification = VerificationFactory(published=True)
    prefix = "coverage"
    send(
        admin_client,
        claim,
        **{f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-0-verification": verification.pk},
    )
    assert not claim.verifications.exists()


def test_a_claim_is_linked_to_a_development_by_its_effect(admin_client, claim):
    development = DevelopmentFactory()
    send(
        admin_client,
        claim,
        **{
            "effects-TOTAL_FORMS": 1,
            "effects-0-development": development.pk,
            "effects-0-kind": "partly_fulfils",
        },
    )
    effect = claim.effects.get()
    assert (effect.development, effect.kind) == (development, "partly_fulfils")


def test_claims_are_not_deleted(admin_client, claim):
    answer = admin_client.post(reverse("admin:claims_claim_delete", args=[claim.pk]))
    assert (answer.status_code, Claim.objects.count()) == (403, 1)


def test_an_editor_without_the_right_decides_nothing(client, django_user_model, claim):
    client.force_login(django_user_model.objects.create(username="x", is_staff=True))
    data = {"action": "accept_selected", "_selected_action": [claim.pk]}
    assert client.post(reverse(LIST), data).status_code == 403
    assert not Claim.objects.published().exists()
