import pytest
from django.urls import reverse

from claims.gates import GATES
from claims.models import Verification, Withdrawal
from claims.publish import publish, send_back, submit, succeed, withdraw
from sources.versions import history
from tests.claims.admin.forms import address, part, press, send, told
from tests.factories import (
    ClaimFactory,
    DocumentFactory,
    EvidenceFactory,
    RatingFactory,
    SnapshotFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def add(client, **changes):
    """Send the form of a new verification with one piece of evidence."""
    data = {
        **part("coverage", claim=ClaimFactory(accepted=True).pk),
        "rating": RatingFactory().pk,
        "summary": "La rencontre a eu lieu la veille.",
        "explanation": "Deux agences le disent.",
        **part(
            "evidence",
            document=DocumentFactory().pk,
            stance="refutes",
            note="Daté de la veille.",
            retrieved_at_0="2025-12-08",
            retrieved_at_1="12:00",
        ),
    }
    return client.post(reverse("admin:claims_verification_add"), data | changes, follow=True)


def test_whoever_writes_it_is_its_author(admin_client, admin_user):
    add(admin_client)
    assert Verification.objects.get().author == admin_user


def test_a_new_one_is_a_draft(admin_client):
    add(admin_client)
    assert not Verification.objects.published().exists()


def test_a_draft_is_linked_to_its_claims(admin_client):
    add(admin_client)
    assert Verification.objects.get().claims.count() == 1


def test_evidence_that_shows_nothing_is_refused_in_words(admin_client):
    answer = add(admin_client, **{"evidence-0-note": ""})
    assert "evidence_shows_something" not in answer.content.decode()
    assert not Verification.objects.exists()


@pytest.fixture
def draft():
    """With all it takes to be published."""
    draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    EvidenceFactory(verification=draft)
    return draft


@pytest.fixture
def in_review(draft):
    submit(draft, draft.author)
    return draft


def buttons(client, row) -> list[str]:
    actions = client.get(address(row)).context["actions_submit_line"]
    return [action.action_name.removeprefix("claims_verification_") for action in actions]


def test_a_draft_is_sent_to_a_second_editor(admin_client, draft):
    press(admin_client, draft, "submit")
    draft.refresh_from_db()
    assert draft.status == "in_review"


def test_what_was_typed_is_saved_with_the_step(admin_client, draft):
    press(admin_client, draft, "submit", summary="La veille.")
    draft.refresh_from_db()
    assert draft.summary == "La veille."


def test_its_author_cannot_publish_it(admin_client, admin_user):
    own = VerificationFactory(author=admin_user, claims=[ClaimFactory(accepted=True)])
    EvidenceFactory(verification=own)
    submit(own, admin_user)
    press(admin_client, own, "approve_and_publish")
    assert not Verification.objects.published().exists()


def test_what_was_reworded_in_the_same_breath_is_not_published(admin_client, in_review):
    answer = press(admin_client, in_review, "approve_and_publish", summary="Autre.")
    in_review.refresh_from_db()
    assert (in_review.status, in_review.summary != "Autre.") == ("in_review", True)
    assert "nobody else has read" in told(answer)[0]


def test_a_contributor_deletes_a_draft_of_ones_own_only(client):
    author = UserFactory(role="contributor")
    own, other = VerificationFactory(author=author), VerificationFactory()
    client.force_login(author)
    for draft in (own, other):
        client.post(address(draft, "delete"), {"post": "yes"})
    assert list(Verification.objects.all()) == [other]


def test_a_second_editor_publishes_it(admin_client, admin_user, in_review):
    press(admin_client, in_review, "approve_and_publish")
    assert Verification.objects.published().get().approved_by == admin_user


def test_without_evidence_it_stays_in_review_and_the_page_says_why(admin_client, in_review):
    in_review.evidence.all().delete()
    answer = press(admin_client, in_review, "approve_and_publish")
    assert not Verification.objects.published().exists()
    assert told(answer) == ["It has no evidence yet."]


def test_where_a_step_is_refused_nothing_of_the_form_is_saved(admin_client, in_review):
    in_review.evidence.all().delete()
    answer = press(admin_client, in_review, "approve_and_publish", summary="La veille.")
    in_review.refresh_from_db()
    assert in_review.summary != "La veille."
    assert answer.context["adminform"].form["summary"].value() == "La veille."


def test_it_is_sent_back_with_a_reason(admin_client, in_review):
    press(admin_client, in_review, "send_back", reason="Une seconde source.")
    in_review.refresh_from_db()
    assert in_review.status == "draft"
    assert history(in_review)[0].reason == "Une seconde source."


def test_it_is_not_sent_back_without_a_reason(admin_client, in_review):
    answer = press(admin_client, in_review, "send_back")
    in_review.refresh_from_db()
    assert (in_review.status, len(told(answer))) == ("in_review", 1)


def test_what_is_missing_is_said_in_words(admin_client):
    draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    page = admin_client.get(address(draft)).content.decode()
    assert "It has no evidence yet." in page


@pytest.fixture(params=["draft", "in review", "published", "withdrawn", "superseded"])
def staged(request, in_review, chief):
    """A verification in each state, and the word for it."""
    stage = request.param
    if stage == "draft":
        send_back(in_review, chief, "À revoir.")
    elif stage != "in review":
        publish(in_review, chief)
    if stage == "withdrawn":
        withdraw(in_review, chief, "Une source s’est dédite.")
    if stage == "superseded":
        successor = succeed(in_review, in_review.author)
        submit(successor, in_review.author)
        publish(successor, chief)
    return in_review, stage


STEPS = {
    "draft": ["submit"],
    "in review": ["send_back", "approve_and_publish"],
    "published": ["succeed", "withdraw"],
    "withdrawn": ["succeed"],
    "superseded": [],
}


def test_each_state_has_its_steps(admin_client, staged):
    verification, stage = staged
    assert buttons(admin_client, verification) == STEPS[stage]


def test_the_form_says_where_it_stands(admin_client, staged):
    verification, stage = staged
    answer = admin_client.get(address(verification))
    shown = answer.context["adminform"].model_admin.shown_state(answer.context["original"])
    assert shown[1] == stage


def test_its_author_is_not_offered_to_publish_it(client, in_review):
    client.force_login(in_review.author)
    assert buttons(client, in_review) == ["send_back"]


def test_a_successor_begins_as_a_draft_of_its_own(admin_client, admin_user):
    published = VerificationFactory(published=True)
    answer = press(admin_client, published, "succeed")
    successor = published.successors.get()
    assert answer.redirect_chain[-1][0] == address(successor)
    assert (successor.author, successor.status) == (admin_user, "draft")


def test_a_published_one_is_withdrawn_with_a_reason(admin_client, admin_user):
    published = VerificationFactory(published=True)
    press(admin_client, published, "withdraw", reason="Une source s’est dédite.")
    assert published.withdrawal.reason == "Une source s’est dédite."
    assert published.withdrawal.withdrawn_by == admin_user


def test_a_published_one_is_not_withdrawn_without_a_reason(admin_client):
    published = VerificationFactory(published=True)
    answer = press(admin_client, published, "withdraw")
    assert not Withdrawal.objects.exists()
    assert told(answer) == ["Nothing was saved: give a reason."]


def test_a_passage_finds_its_place_in_the_snapshot(admin_client, draft):
    snapshot = SnapshotFactory(text="La maire promet deux écoles.")
    data = {"document": snapshot.document_id, "snapshot": snapshot.pk, "passage": "deux écoles"}
    send(admin_client, draft, **of_the_first_piece(data))
    piece = draft.evidence.get()
    assert (piece.start, piece.end) == (16, 27)


def test_a_passage_the_snapshot_does_not_hold_is_refused_in_words(admin_client, draft):
    snapshot = SnapshotFactory(text="La maire promet deux écoles.")
    data = {"document": snapshot.document_id, "snapshot": snapshot.pk, "passage": "trois écoles"}
    answer = send(admin_client, draft, **of_the_first_piece(data))
    assert "The snapshot does not say this." in answer.content.decode()
    assert draft.evidence.get().passage == ""


def test_a_passage_at_another_place_is_refused_by_its_gate(admin_client, draft):
    snapshot = SnapshotFactory(text="La maire promet deux écoles.")
    data = {"document": snapshot.document_id, "snapshot": snapshot.pk, "passage": "deux écoles"}
    answer = send(admin_client, draft, **of_the_first_piece(data | {"start": 3, "end": 14}))
    assert told(answer) == [str(GATES["evidence_passage_is_in_the_snapshot"])]


def of_the_first_piece(values) -> dict:
    return {f"evidence-0-{name}": value for name, value in values.items()}


def test_the_list_of_those_to_be_looked_at_again(admin_client):
    due = VerificationFactory(published=True, review_by="2020-01-01")
    VerificationFactory(published=True, review_by="2999-01-01")
    page = admin_client.get(reverse("admin:claims_verification_changelist"), {"review": "due"})
    assert list(page.context["cl"].queryset) == [due]


def test_a_draft_is_deleted(admin_client, draft):
    admin_client.post(address(draft, "delete"), {"post": "yes"})
    assert not Verification.objects.exists()


def test_a_published_one_is_not_changed(admin_client):
    published = VerificationFactory(published=True)
    assert admin_client.post(address(published), {"summary": "Autre"}).status_code == 403
    published.refresh_from_db()
    assert published.summary != "Autre"


def test_a_published_one_is_not_deleted(admin_client):
    published = VerificationFactory(published=True)
    assert admin_client.post(address(published, "delete"), {"post": "yes"}).status_code == 403
