import pytest
from django.urls import reverse

from claims.models import Verification
from tests.claims.admin.test_claims import send
from tests.factories import (
    ClaimFactory,
    DocumentFactory,
    EvidenceFactory,
    RatingFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db


def add(client, **changes):
    """Send the form of a new verification with one piece of evidence."""
    data = {
        "claims": [ClaimFactory(accepted=True).pk],
        "rating": RatingFactory().pk,
        "summary": "La rencontre a eu lieu la veille.",
        "explanation": "Deux agences le disent.",
        "evidence-TOTAL_FORMS": 1,
        "evidence-INITIAL_FORMS": 0,
        "evidence-0-document": DocumentFactory().pk,
        "evidence-0-stance": "refutes",
        "evidence-0-note": "Daté de la veille.",
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


def test_its_author_cannot_publish_it(admin_client):
    add(admin_client)
    draft = Verification.objects.get()
    send(admin_client, draft, claims_verification_approve_and_publish="1")
    assert not Verification.objects.published().exists()


def test_a_second_editor_publishes_it(admin_client, admin_user):
    draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    EvidenceFactory(verification=draft)
    send(admin_client, draft, claims_verification_approve_and_publish="1")
    assert Verification.objects.published().get().approved_by == admin_user


def test_without_evidence_it_stays_a_draft(admin_client):
    draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    send(admin_client, draft, claims_verification_approve_and_publish="1")
    assert not Verification.objects.published().exists()


def test_a_published_one_is_not_changed(admin_client):
    published = VerificationFactory(published=True)
    address = reverse("admin:claims_verification_change", args=[published.pk])
    assert admin_client.post(address, {"summary": "Autre"}).status_code == 403
    published.refresh_from_db()
    assert published.summary != "Autre"


def test_a_published_one_is_not_deleted(admin_client):
    published = VerificationFactory(published=True)
    address = reverse("admin:claims_verification_delete", args=[published.pk])
    assert admin_client.post(address, {"post": "yes"}).status_code == 403
