"""What is public changes only with a correction that tells of it."""

import pytest
from django.urls import reverse

from claims.models import Correction
from tests.claims.admin.forms import address, send, told
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    SpeakerFactory,
    VerificationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NOTE = {"correction_kind": "error", "correction_note": "Une autre école."}


def corrected():
    """Each public field of what can be corrected at its form, and a new value."""
    return [
        (ClaimFactory, "wording", "Deux écoles."),
        (ClaimFactory, "said_on", "2025-12-02"),
        (ClaimFactory, "kind", "fact"),
        (ClaimFactory, "speaker", SpeakerFactory),
        (DevelopmentFactory, "title", "La seconde école ouvre"),
        (DevelopmentFactory, "account", "Elle accueille vingt élèves."),
        (DevelopmentFactory, "occurred_on", "2026-01-23"),
        (DevelopmentFactory, "document", DocumentFactory),
    ]


@pytest.fixture(params=corrected(), ids=lambda case: f"{case[0].__name__}-{case[1]}")
def change(request):
    """Something public, a field of it and another value."""
    make, field, value = request.param
    return make(accepted=True), field, value if isinstance(value, str) else value().pk


def test_a_change_without_a_note_is_refused_in_words(admin_client, change):
    row, field, value = change
    before = getattr(row, field)
    answer = send(admin_client, row, **{field: value})
    row.refresh_from_db()
    assert getattr(row, field) == before
    assert "This is public: a change needs a kind and a note." in answer.content.decode()


def test_a_change_with_its_note_is_published_with_it(admin_client, admin_user, change):
    row, field, value = change
    send(admin_client, row, **{field: value}, **NOTE)
    row.refresh_from_db()
    correction = Correction.objects.get()
    assert row._meta.get_field(field).to_python(value) == row.serializable_value(field)
    assert (correction.subject, correction.made_by) == (row, admin_user)
    assert correction.before != correction.after


def test_several_changes_are_one_correction(admin_client):
    claim = ClaimFactory(accepted=True, wording="Trois écoles.")
    send(admin_client, claim, wording="Deux écoles.", kind="fact", **NOTE)
    correction = Correction.objects.get()
    assert (correction.before, correction.after) == (
        "Trois écoles.\ncommitment",
        "Deux écoles.\nfact",
    )


@pytest.mark.parametrize("make", [ClaimFactory, DevelopmentFactory])
def test_what_is_not_public_changes_without_one(admin_client, make):
    row = make()
    field = "wording" if make is ClaimFactory else "title"
    send(admin_client, row, **{field: "Autrement."})
    row.refresh_from_db()
    assert getattr(row, field) == "Autrement."
    assert not Correction.objects.exists()


def test_saving_without_a_change_needs_none(admin_client):
    claim = ClaimFactory(accepted=True)
    answer = send(admin_client, claim)
    assert answer.redirect_chain
    assert not Correction.objects.exists()


def add(client, **values):
    data = {"kind": "update", "note": "Une précision.", **values}
    return client.post(reverse("admin:claims_correction_add"), data, follow=True)


def test_one_is_added_to_a_published_verification(admin_client, admin_user):
    published = VerificationFactory(published=True)
    add(admin_client, verification=published.pk)
    correction = published.corrections.get()
    assert (correction.note, correction.made_by) == ("Une précision.", admin_user)


def test_one_of_something_that_is_not_public_is_refused_in_words(admin_client):
    answer = add(admin_client, claim=ClaimFactory().pk)
    assert told(answer) == ["Only what is public is corrected."]
    assert not Correction.objects.exists()


def test_one_of_two_things_is_refused_in_words(admin_client):
    claim, verification = ClaimFactory(accepted=True), VerificationFactory(published=True)
    answer = add(admin_client, claim=claim.pk, verification=verification.pk)
    assert told(answer) == ["A correction concerns one thing: choose just one."]


@pytest.mark.parametrize("view", ["change", "delete"])
def test_it_is_neither_changed_nor_deleted(admin_client, view):
    published = VerificationFactory(published=True)
    add(admin_client, verification=published.pk)
    correction = published.corrections.get()
    data = {"note": "Rien.", "post": "yes"}
    assert admin_client.post(address(correction, view), data).status_code == 403
