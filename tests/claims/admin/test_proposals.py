"""Developments, effects and links: accepted or refused, a refusal remembered."""

import pytest
from django.urls import reverse

from claims.models import Development, Effect, Link, Proposal
from sources.versions import history
from tests.claims.admin.forms import address, part, press, send, told
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    LinkFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MAKE = {
    Development: DevelopmentFactory,
    Effect: lambda: EffectFactory(proposed=True),
    Link: LinkFactory,
}


@pytest.fixture(params=MAKE, ids=lambda model: model.__name__)
def proposal(request):
    return MAKE[request.param]()


@pytest.mark.parametrize(("step", "status"), [("accept", "accepted"), ("refuse", "refused")])
def test_it_is_decided_at_its_form(admin_client, admin_user, proposal, step, status):
    press(admin_client, proposal, step)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.decided_by) == (status, admin_user)


@pytest.mark.parametrize(("act", "status"), [("accept", "accepted"), ("refuse", "refused")])
def test_the_selected_ones_are_decided(admin_client, proposal, act, status):
    page = reverse(f"admin:{proposal._meta.app_label}_{proposal._meta.model_name}_changelist")
    data = {"action": f"{act}_selected", "_selected_action": [proposal.pk]}
    admin_client.post(page, data)
    proposal.refresh_from_db()
    assert proposal.status == status


def test_the_reason_of_a_refusal_is_kept(admin_client, proposal):
    press(admin_client, proposal, "refuse", reason="Un autre sujet.")
    assert history(proposal)[0].reason == "Un autre sujet."


def test_it_is_not_deleted(admin_client, proposal):
    assert admin_client.post(address(proposal, "delete"), {"post": "yes"}).status_code == 403


def test_a_decision_that_stands_is_not_offered_again(admin_client, proposal):
    press(admin_client, proposal, "refuse")
    offered = admin_client.get(address(proposal)).context["actions_submit_line"]
    assert [action.action_name.rpartition("_")[2] for action in offered] == ["accept"]


def test_a_refused_link_is_not_proposed_again(admin_client):
    link = LinkFactory(status=Proposal.Status.PROPOSED)
    press(admin_client, link, "refuse")
    data = {"claim": link.earlier_id, "earlier": link.claim_id, "kind": "repeats"}
    answer = admin_client.post(reverse("admin:claims_link_add"), data)
    assert told(answer) == ["These two claims are linked so, or were refused to be."]


@pytest.mark.parametrize("make", [LinkFactory, EffectFactory])
def test_what_an_accepted_one_says_is_read_only(admin_client, make):
    row = make(accepted=True) if make is LinkFactory else make()
    send(admin_client, row, kind="contradicts")
    kind = row.kind
    row.refresh_from_db()
    assert row.kind == kind


def add(client, **values):
    data = {
        "title": "La première école ouvre",
        "account": "Elle accueille cent élèves.",
        "occurred_on": "2026-01-22",
        "effects-TOTAL_FORMS": 0,
        "effects-INITIAL_FORMS": 0,
        **values,
    }
    return client.post(reverse("admin:claims_development_add"), data, follow=True)


def test_a_development_rests_on_a_document(admin_client):
    document = DocumentFactory()
    add(admin_client, document=document.pk)
    assert Development.objects.get().document == document


def test_a_development_rests_on_a_later_claim(admin_client):
    claim = ClaimFactory(accepted=True)
    add(admin_client, claim=claim.pk)
    assert Development.objects.get().claim == claim


def test_a_development_that_rests_on_nothing_is_refused_in_words(admin_client):
    assert told(add(admin_client)) == ["Name its source: a document, or a later claim."]


def test_a_new_development_is_a_proposal_with_its_effects(admin_client):
    claim = ClaimFactory(accepted=True)
    effect = part("effects", claim=claim.pk, kind="partly_fulfils")
    add(admin_client, document=DocumentFactory().pk, **effect)
    assert (Development.objects.get().status, Effect.objects.get().status) == (
        "proposed",
        "proposed",
    )


@pytest.mark.parametrize(("chosen", "status"), [("accept", "accepted"), ("refuse", "refused")])
def test_an_effect_is_decided_in_the_form_of_its_development(admin_client, chosen, status):
    effect = EffectFactory(proposed=True, development=DevelopmentFactory())
    send(admin_client, effect.development, **{"effects-0-decision": chosen})
    effect.refresh_from_db()
    assert effect.status == status


def test_an_effect_is_decided_in_the_form_of_its_claim(admin_client):
    effect = EffectFactory(proposed=True)
    send(admin_client, effect.claim, **{"effects-0-decision": "accept"})
    assert Effect.objects.accepted().get() == effect


def test_an_effect_that_bears_on_the_claim_it_comes_from_is_refused_in_words(admin_client):
    claim = ClaimFactory(accepted=True)
    effect = part("effects", claim=claim.pk, kind="confirms")
    assert told(add(admin_client, claim=claim.pk, **effect)) == ["A claim does not bear on itself."]


def test_an_accepted_effect_stays_as_it_is_in_a_form(admin_client):
    effect = EffectFactory()
    send(admin_client, effect.development, **{"effects-0-kind": "breaks"})
    effect.refresh_from_db()
    assert effect.kind == "partly_fulfils"
