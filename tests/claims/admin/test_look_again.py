"""A published finding is looked at again: it still holds, or gets a successor."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import roles
from claims.models import Recheck, Verification
from tests.factories import UserFactory, VerificationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def due(days=1):
    review_by = timezone.localdate() - timedelta(days=days)
    return VerificationFactory(published=True, review_by=review_by)


def at(verification) -> str:
    return reverse("admin:claims_verification_look_again", args=[verification.pk])


def send(client, verification, **changes):
    values = {"review_by": "2999-01-01", "note": "Rien n’a changé."}
    return client.post(at(verification), values | changes)


def test_what_still_holds_is_put_off_and_the_next_follows(admin_client):
    verification, following = due(9), due(3)
    answer = send(admin_client, verification)
    assert verification.rechecks.get().note == "Rien n’a changé."
    assert list(Verification.objects.due_for_review(timezone.localdate())) == [following]
    assert answer.url == at(following)


def test_after_the_last_one_is_back_at_the_queue(admin_client):
    assert send(admin_client, due()).url == reverse("admin:claims_forecast_due")


def test_sent_twice_it_was_looked_at_once(admin_client):
    verification = due()
    for _ in range(2):
        send(admin_client, verification)
    assert Recheck.objects.count() == 1


def test_a_day_that_is_past_is_refused_in_words(admin_client):
    answer = send(admin_client, due(), review_by="2025-01-01")
    assert "still to come" in str(answer.context["form"].errors)


def test_without_a_word_on_what_was_looked_at_nothing_is_saved(admin_client):
    send(admin_client, due(), note="")
    assert not Recheck.objects.exists()


def test_what_no_longer_holds_gets_a_successor(admin_client):
    verification = due()
    answer = send(admin_client, verification, succeed="1")
    draft = Verification.objects.get(predecessor=verification)
    assert answer.url == reverse("admin:claims_verification_change", args=[draft.pk])


def test_a_draft_is_not_looked_at_again(admin_client):
    assert admin_client.get(at(VerificationFactory())).status_code == 404


def test_a_contributor_may_write_a_successor_but_not_say_that_it_holds(client):
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    verification = due()
    assert client.get(at(verification)).context["may_hold"] is False
    assert "another role" in str(send(client, verification).context["form"].errors)
    assert send(client, verification, succeed="1").status_code == 302
