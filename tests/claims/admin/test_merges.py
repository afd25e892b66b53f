"""Merging two speakers or two claims, and undoing it."""

import pytest
from django.urls import reverse

from claims.models import ClaimMerge, SpeakerMerge
from tests.claims.admin.forms import address, press, told
from tests.factories import ClaimFactory, SpeakerFactory, VerificationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def merge(client, merged, kept, reason="La même personne."):
    page = reverse(f"admin:claims_{merged._meta.model_name}merge_add")
    data = {"merged": merged.pk, "kept": kept.pk, "reason": reason}
    return client.post(page, data, follow=True)


def test_two_speakers_become_one(admin_client, admin_user):
    merged, kept = SpeakerFactory(), SpeakerFactory()
    claim = ClaimFactory(speaker=merged)
    merge(admin_client, merged, kept)
    claim.refresh_from_db()
    assert (claim.speaker, SpeakerMerge.objects.get().made_by) == (kept, admin_user)


def test_two_claims_become_one(admin_client):
    merged, kept = ClaimFactory(), ClaimFactory(accepted=True)
    merge(admin_client, merged, kept)
    merged.refresh_from_db()
    assert (merged.status, ClaimMerge.objects.get().kept) == ("merged", kept)


def test_a_merge_without_a_reason_is_refused(admin_client):
    merge(admin_client, SpeakerFactory(), SpeakerFactory(), reason="")
    assert not SpeakerMerge.objects.exists()


def test_one_is_not_merged_into_itself(admin_client):
    speaker = SpeakerFactory()
    answer = merge(admin_client, speaker, speaker)
    assert told(answer) == ["Choose another one: it cannot be merged into itself."]


def test_what_was_merged_already_is_refused_in_words(admin_client):
    merged, kept = SpeakerFactory(), SpeakerFactory()
    merge(admin_client, merged, kept)
    answer = merge(admin_client, merged, SpeakerFactory())
    assert told(answer) == [f"“{merged.name}” has been merged already."]


def test_a_claim_with_a_published_verification_is_the_one_to_keep(admin_client):
    verified = ClaimFactory(accepted=True)
    VerificationFactory(published=True, claims=[verified])
    answer = merge(admin_client, verified, ClaimFactory(accepted=True))
    assert told(answer) == ["A published verification is about this claim: it stays in the record."]
    assert not ClaimMerge.objects.exists()


def test_it_is_undone_with_a_reason(admin_client, admin_user):
    merged, kept = SpeakerFactory(), SpeakerFactory()
    claim = ClaimFactory(speaker=merged)
    merge(admin_client, merged, kept)
    made = SpeakerMerge.objects.get()
    press(admin_client, made, "take_back", reason="Deux homonymes.")
    made.refresh_from_db()
    claim.refresh_from_db()
    assert (made.undone_by, claim.speaker) == (admin_user, merged)


def test_it_is_not_undone_without_a_reason(admin_client):
    merge(admin_client, SpeakerFactory(), SpeakerFactory())
    made = SpeakerMerge.objects.get()
    answer = press(admin_client, made, "take_back")
    made.refresh_from_db()
    assert (made.undone_at, told(answer)) == (None, ["Nothing was saved: give a reason."])


def test_one_that_is_undone_is_not_undone_again(admin_client):
    merge(admin_client, SpeakerFactory(), SpeakerFactory())
    made = SpeakerMerge.objects.get()
    press(admin_client, made, "take_back", reason="Deux homonymes.")
    assert admin_client.get(address(made)).context["actions_submit_line"] == []


@pytest.mark.parametrize("make", [ClaimFactory, SpeakerFactory])
def test_the_two_selected_in_a_list_are_merged_on_their_page(admin_client, make):
    rows = [make(), make()]
    model = rows[0]._meta.model_name
    data = {"action": "merge_selected", "_selected_action": [row.pk for row in rows]}
    answer = admin_client.post(reverse(f"admin:claims_{model}_changelist"), data, follow=True)
    form = answer.context["adminform"].form
    assert {form["kept"].value(), form["merged"].value()} == {str(row.pk) for row in rows}


def test_one_alone_is_merged_with_nothing(admin_client):
    data = {"action": "merge_selected", "_selected_action": [SpeakerFactory().pk]}
    page = reverse("admin:claims_speaker_changelist")
    assert told(admin_client.post(page, data, follow=True)) == ["Select two of them to merge."]


def test_a_merged_claim_is_only_read(admin_client):
    merged = ClaimFactory()
    merge(admin_client, merged, ClaimFactory(accepted=True))
    assert admin_client.post(address(merged), {"wording": "Autre"}).status_code == 403
