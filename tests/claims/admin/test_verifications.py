"""The life of a verification at the desk: its steps, who may take them, its list."""

import pytest
from django.urls import reverse

from claims.models import Verification, Withdrawal
from claims.publish import publish, send_back, submit, succeed, withdraw
from sources import versions
from sources.versions import history
from tests.claims.admin.editor import buttons, missing, save, step
from tests.claims.admin.forms import address
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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


def test_a_draft_is_sent_to_a_second_editor(admin_client, draft):
    step(admin_client, draft, "submit")
    draft.refresh_from_db()
    assert draft.status == "in_review"


def test_its_author_cannot_publish_it(admin_client, admin_user):
    own = VerificationFactory(author=admin_user, claims=[ClaimFactory(accepted=True)])
    EvidenceFactory(verification=own)
    submit(own, admin_user)
    step(admin_client, own, "approve_and_publish")
    assert not Verification.objects.published().exists()


def test_who_reads_it_does_not_reword_it(admin_client, in_review):
    """What is approved is what the author wrote: nobody else has read anything else."""
    answer = save(admin_client, in_review, summary="Autre.")
    in_review.refresh_from_db()
    assert in_review.summary != "Autre."
    assert "its author changes it" in answer.json()["refusal"]


def test_who_asked_for_the_review_does_not_approve_it(admin_client, draft):
    """They may have written the draft with its author."""
    step(admin_client, draft, "submit")
    answer = step(admin_client, draft, "approve_and_publish")
    assert "somebody else reads it" in answer.json()["refusal"]
    assert not Verification.objects.published().exists()


def test_what_changed_since_one_looked_is_not_approved(admin_client, client, in_review):
    mark = versions.latest(in_review)
    client.force_login(in_review.author)
    save(client, in_review, summary="Autre.")
    answer = step(admin_client, in_review, "approve_and_publish", mark=mark)
    assert answer.json()["refusal"] == (
        f"Nothing was done: it was changed meanwhile by {in_review.author} (summary)."
    )
    assert not Verification.objects.published().exists()


def test_a_contributor_deletes_a_draft_of_ones_own_only(client):
    author = UserFactory(role="contributor")
    own, other = VerificationFactory(author=author), VerificationFactory()
    client.force_login(author)
    for draft in (own, other):
        client.post(address(draft, "delete"), {"post": "yes"})
    assert list(Verification.objects.all()) == [other]


def test_a_second_editor_publishes_it(admin_client, admin_user, in_review):
    step(admin_client, in_review, "approve_and_publish")
    assert Verification.objects.published().get().approved_by == admin_user


def test_without_evidence_it_stays_in_review_and_the_page_says_why(admin_client, in_review):
    in_review.evidence.all().delete()
    answer = step(admin_client, in_review, "approve_and_publish")
    assert not Verification.objects.published().exists()
    assert answer.json()["refusal"] == "It has no evidence yet."


def test_it_is_sent_back_with_a_reason(admin_client, in_review):
    step(admin_client, in_review, "send_back", reason="Une seconde source.")
    in_review.refresh_from_db()
    assert in_review.status == "draft"
    assert history(in_review)[0].reason == "Une seconde source."


def test_it_is_not_sent_back_without_a_reason(admin_client, in_review):
    answer = step(admin_client, in_review, "send_back")
    in_review.refresh_from_db()
    assert in_review.status == "in_review"
    assert answer.json()["refusal"] == "Nothing was saved: give a reason."


def test_what_is_missing_is_said_in_words(admin_client):
    draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    assert missing(admin_client, draft) == ["It has no evidence yet."]


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
    "in review": ["approve_and_publish", "send_back"],
    "published": ["succeed", "withdraw"],
    "withdrawn": ["succeed"],
    "superseded": [],
}


def test_each_state_has_its_steps(admin_client, staged):
    verification, stage = staged
    assert buttons(admin_client, verification) == STEPS[stage]


def test_the_page_says_where_it_stands(admin_client, staged):
    verification, stage = staged
    assert admin_client.get(address(verification)).context["state"][1] == stage


def test_its_author_is_not_offered_to_publish_it(client, in_review):
    client.force_login(in_review.author)
    assert buttons(client, in_review) == ["send_back"]


def test_a_successor_begins_as_a_draft_of_its_own(admin_client, admin_user):
    published = VerificationFactory(published=True)
    answer = step(admin_client, published, "succeed")
    successor = published.successors.get()
    assert answer.json()["go"] == address(successor)
    assert (successor.author, successor.status) == (admin_user, "draft")


def test_a_published_one_is_withdrawn_with_a_reason(admin_client, admin_user):
    published = VerificationFactory(published=True)
    step(admin_client, published, "withdraw", reason="Une source s’est dédite.")
    assert published.withdrawal.reason == "Une source s’est dédite."
    assert published.withdrawal.withdrawn_by == admin_user


def test_a_published_one_is_not_withdrawn_without_a_reason(admin_client):
    published = VerificationFactory(published=True)
    answer = step(admin_client, published, "withdraw")
    assert not Withdrawal.objects.exists()
    assert answer.json()["refusal"] == "Nothing was saved: give a reason."


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
    answer = save(admin_client, published, summary="Autre")
    assert "neither changed nor deleted" in answer.json()["refusal"]
    published.refresh_from_db()
    assert published.summary != "Autre"


def test_a_published_one_is_not_deleted(admin_client):
    published = VerificationFactory(published=True)
    assert admin_client.post(address(published, "delete"), {"post": "yes"}).status_code == 403
