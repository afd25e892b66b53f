"""The history page: every change, who made it and why."""

import pytest
from django.db import connection

from claims.models import Alias
from tests.claims.admin.editor import step
from tests.claims.admin.forms import address, part, send
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PublisherFactory,
    RatingFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MAKE = [
    ClaimFactory, DevelopmentFactory, DocumentFactory, EffectFactory, ForecastFactory, LinkFactory,
    PublisherFactory, SpeakerFactory, VerificationFactory,
]  # fmt: skip


def page(client, row) -> str:
    return client.get(address(row, "history")).content.decode()


@pytest.mark.parametrize("make", MAKE)
def test_it_begins_with_the_row_being_added(admin_client, make):
    assert "added" in page(admin_client, make())


def test_a_change_is_shown_with_who_made_it_and_why(admin_client, client):
    client.force_login(UserFactory(username="jeanne"))
    speaker = SpeakerFactory(name="J. Roux")
    send(client, speaker, name="Jeanne Roux", reason="Son nom entier.")
    shown = page(admin_client, speaker)
    expected = ("jeanne", "J. Roux", "Jeanne Roux", "Son nom entier.", "Name")
    assert [text for text in expected if text not in shown] == []


def test_a_change_behind_our_back_is_shown_with_the_role_of_the_database(admin_client):
    speaker = SpeakerFactory(name="J. Roux")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_speaker SET name = 'Autre' WHERE id = %s", [speaker.pk])
    shown = page(admin_client, speaker)
    assert "<del>J. Roux</del>" in shown
    assert "<code>constat</code>" in shown


def test_changes_to_parts_are_shown(admin_client):
    speaker = SpeakerFactory()
    send(admin_client, speaker, **part("aliases", name="La maire"))
    assert Alias.objects.exists()
    assert "Alias ·" in page(admin_client, speaker)


def test_the_steps_of_a_verification_are_shown(admin_client):
    verification = VerificationFactory()
    step(admin_client, verification, "submit")
    shown = page(admin_client, verification)
    assert "<del>draft</del>" in shown
    assert "<ins>in review</ins>" in shown


def test_what_was_deleted_keeps_its_history(admin_client):
    verification = VerificationFactory()
    address_ = address(verification, "history")
    verification.delete()
    assert "deleted" in admin_client.get(address_).content.decode()


def test_a_row_that_never_was_has_none(admin_client):
    gone = address(ClaimFactory(), "history").replace("claim/", "claim/9", 1)
    assert admin_client.get(gone, follow=True).redirect_chain


def test_who_may_not_see_the_row_does_not_see_its_history(client, django_user_model):
    client.force_login(django_user_model.objects.create(username="x", is_staff=True))
    assert client.get(address(RatingFactory().scale, "history")).status_code == 403
