"""Who may do what at the desk: role × action, told by what came of it."""

import pytest
from django.urls import reverse

from claims import roles
from claims.merge import merge_speakers
from claims.models import (
    Claim,
    ClaimMerge,
    Correction,
    Development,
    Effect,
    Evidence,
    Forecast,
    Link,
    ReviewNote,
    Scale,
    Speaker,
    SpeakerMerge,
    Verification,
    Withdrawal,
)
from claims.publish import submit
from sources.history import record_clock
from sources.models import Feed, Publisher
from tests.claims.admin import editor
from tests.claims.admin.forms import address, form_of, told
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    RatingFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NO_PARTS = {"effects-TOTAL_FORMS": 0, "effects-INITIAL_FORMS": 0}


def change(client, row, step="", **values):
    """Send the form of ``row`` as it is shown to this user, whatever buttons it has."""
    page = client.get(address(row))
    shown = form_of(client, row) if page.status_code == 200 else {}
    pressed = {f"claims_{row._meta.model_name}_{step}": "1"} if step else {}
    return client.post(address(row), shown | values | pressed, follow=True)


def add(client, model, **values):
    page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    return client.post(page, values, follow=True)


def draft():
    verification = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    EvidenceFactory(verification=verification)
    return verification


def in_review():
    verification = draft()
    submit(verification, verification.author)
    return verification


def start_draft(client):
    chosen = {"claim": ClaimFactory().pk}
    answer = client.post(reverse("admin:claims_verification_start"), chosen, follow=True)
    return answer, Verification.objects.exists()


def cite_evidence(client):
    answer = editor.change(client, draft(), "evidence", document=DocumentFactory().pk)
    return answer, Evidence.objects.count() == 2


def note_in_review(client):
    answer = editor.change(client, in_review(), "notes", text="Une seconde source ?")
    return answer, ReviewNote.objects.exists()


def change_draft(client):
    answer = editor.save(client, draft(), summary="La veille.")
    return answer, Verification.objects.filter(summary="La veille.").exists()


def delete_draft(client):
    answer = client.post(address(draft(), "delete"), {"post": "yes"})
    return answer, not Verification.objects.exists()


def ask_for_review(client):
    answer = editor.step(client, draft(), "submit")
    return answer, Verification.objects.filter(status="in_review").exists()


def write_successor(client):
    answer = editor.step(client, VerificationFactory(published=True), "succeed")
    return answer, Verification.objects.filter(predecessor__isnull=False).exists()


def propose_development(client):
    source = {"document": DocumentFactory().pk, "occurred_on": "2026"}
    told_ = {"title": "Elle ouvre.", "account": "Avec cent élèves."}
    answer = add(client, Development, **told_, **source, **NO_PARTS)
    return answer, Development.objects.exists()


def propose_link(client):
    ends = {"claim": ClaimFactory().pk, "earlier": ClaimFactory().pk}
    return add(client, Link, kind="repeats", **ends), Link.objects.exists()


def write_criteria(client):
    values = {"claim": ClaimFactory().pk, "due_on": "2999", "criteria": "Deux écoles."}
    return add(client, Forecast, **values), Forecast.objects.exists()


def publish(client):
    answer = editor.step(client, in_review(), "approve_and_publish")
    return answer, Verification.objects.published().exists()


def send_back(client):
    answer = editor.step(client, in_review(), "send_back", reason="Une seconde source.")
    return answer, Verification.objects.filter(status="draft").exists()


def accept_claim(client):
    return change(client, ClaimFactory(), "accept"), Claim.objects.published().exists()


def reject_claim(client):
    answer = change(client, ClaimFactory(), "reject")
    return answer, Claim.objects.filter(status="rejected").exists()


def word_claim(client):
    answer = change(client, ClaimFactory(), wording="Deux écoles.")
    return answer, Claim.objects.filter(wording="Deux écoles.").exists()


def correct_claim(client):
    note = {"correction_kind": "error", "correction_note": "Deux."}
    answer = change(client, ClaimFactory(accepted=True), wording="Deux écoles.", **note)
    return answer, Correction.objects.exists()


def add_correction(client):
    values = {"claim": ClaimFactory(accepted=True).pk, "kind": "update", "note": "Précisé."}
    return add(client, Correction, **values), Correction.objects.exists()


def accept_development(client):
    answer = change(client, DevelopmentFactory(), "accept")
    return answer, Development.objects.accepted().exists()


def accept_effect(client):
    return change(
        client, EffectFactory(proposed=True), "accept"
    ), Effect.objects.accepted().exists()


def accept_link(client):
    return change(client, LinkFactory(), "accept"), Link.objects.published().exists()


def record_outcome(client):
    with record_clock(NOON):
        forecast = ForecastFactory()
    development = DevelopmentFactory(accepted=True)
    outcome = {"outcome": "kept", "resolved_on": "2026", "development": development.pk}
    answer = change(client, forecast, **outcome)
    return answer, Forecast.objects.exclude(outcome="").exists()


def change_speaker(client):
    answer = change(client, SpeakerFactory(), name="J. Roux")
    return answer, Speaker.objects.filter(name="J. Roux").exists()


def add_publisher(client):
    return add(client, Publisher, name="Le Jour", kind="newspaper"), Publisher.objects.exists()


def add_feed(client):
    return add(client, Feed, url="https://journal.test/rss", active="on"), Feed.objects.exists()


def withdraw(client):
    published = VerificationFactory(published=True)
    answer = editor.step(client, published, "withdraw", reason="Dédit.")
    return answer, Withdrawal.objects.exists()


def merge_two_speakers(client):
    ends = {"merged": SpeakerFactory().pk, "kept": SpeakerFactory().pk}
    return add(client, SpeakerMerge, reason="Une.", **ends), SpeakerMerge.objects.exists()


def merge_two_claims(client):
    ends = {"merged": ClaimFactory().pk, "kept": ClaimFactory().pk}
    return add(client, ClaimMerge, reason="Une.", **ends), ClaimMerge.objects.exists()


def undo_a_merge(client):
    chief = UserFactory(role=roles.CHIEF)
    merge = merge_speakers(SpeakerFactory(), SpeakerFactory(), chief, "Une.")
    answer = change(client, merge, "take_back", reason="Deux.")
    return answer, not SpeakerMerge.objects.standing().exists()


def change_scale(client):
    answer = change(client, RatingFactory().scale, methodology="Autrement.")
    return answer, Scale.objects.filter(methodology="Autrement.").exists()


CONTRIBUTE = [
    start_draft, change_draft, cite_evidence, note_in_review, ask_for_review, write_successor,
    propose_development, propose_link,
]  # fmt: skip
EDIT = [
    write_criteria, delete_draft, publish, send_back, accept_claim, reject_claim, word_claim,
    correct_claim, add_correction,
    accept_development, accept_effect, accept_link, record_outcome, change_speaker, add_publisher,
    add_feed,
]  # fmt: skip
LEAD = [withdraw, merge_two_speakers, merge_two_claims, undo_a_merge, change_scale]

MAY = {
    roles.CONTRIBUTOR: CONTRIBUTE,
    roles.EDITOR: CONTRIBUTE + EDIT,
    roles.CHIEF: CONTRIBUTE + EDIT + LEAD,
    roles.PROTECTED_SOURCE_READER: [],
}


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("act", CONTRIBUTE + EDIT + LEAD, ids=lambda act: act.__name__)
def test_role_and_act(client, role, act):
    client.force_login(UserFactory(role=role))
    answer, done = act(client)
    assert done == (act in MAY[role])
    if not done:
        refused = answer.status_code in (403, 409)
        assert refused or told(answer)


LISTS = [
    "claim", "speaker", "verification", "development", "effect", "link", "forecast", "correction",
    "claimmerge", "speakermerge", "scale",
]  # fmt: skip


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("role", MAY)
def test_role_and_list(client, role, model):
    client.force_login(UserFactory(role=role))
    seen = client.get(reverse(f"admin:claims_{model}_changelist")).status_code
    assert seen == (403 if role == roles.PROTECTED_SOURCE_READER else 200)


def test_whoever_has_no_account_of_the_desk_is_asked_to_log_in(client, django_user_model):
    client.force_login(django_user_model.objects.create(username="passante"))
    assert client.get(reverse("admin:claims_claim_changelist")).status_code == 302
