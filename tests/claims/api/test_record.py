"""The record in the API: standing, links, versions, corrections; nothing that is not public."""

import pytest
from django.urls import reverse

from claims.correct import correct
from claims.protected import keep_source
from claims.publish import publish, submit, succeed
from tests.factories import (
    ClaimFactory,
    EffectFactory,
    EvidenceFactory,
    LinkFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db


def listed(client, endpoint, **parameters):
    """The ids a list answers with."""
    answer = client.get(reverse(f"api-{endpoint}-list"), parameters)
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def detail(client, name, row):
    answer = client.get(reverse(f"api-{name}-detail", args=[row.public_id]))
    assert answer.status_code == 200
    return answer.json()


class TestTheStandingOfAClaim:
    def test_follows_its_verification(self, client):
        claim = ClaimFactory(accepted=True)
        verification = verify(claim)
        assert detail(client, "claim", claim)["standing"] == {
            "basis": "verification",
            "value": "imprecise",
            "label": "Imprécis",
            "verification": verification.public_id,
            "development": None,
            "through": None,
        }

    def test_follows_what_happened_later(self, client):
        effect = EffectFactory(kind="breaks")
        standing = detail(client, "claim", effect.claim)["standing"]
        found = (standing["basis"], standing["value"], standing["development"])
        assert found == ("development", "broken", effect.development.public_id)

    def test_names_the_claim_whose_verification_stands_for_it(self, client):
        link = LinkFactory(accepted=True)
        verify(link.earlier)
        standing = detail(client, "claim", link.claim)["standing"]
        assert (standing["value"], standing["through"]) == ("imprecise", link.earlier.public_id)


def test_a_claim_gives_its_links_from_both_ends(client):
    link = LinkFactory(accepted=True, kind="contradicts")
    told = {"kind": "contradicts", "same_speaker": False}
    assert detail(client, "claim", link.claim)["earlier"] == [
        told | {"claim": link.earlier.public_id}
    ]
    assert detail(client, "claim", link.earlier)["later"] == [
        told | {"claim": link.claim.public_id}
    ]


def test_a_claim_does_not_give_a_link_nobody_accepted(client):
    link = LinkFactory()
    assert detail(client, "claim", link.claim)["earlier"] == []
    assert detail(client, "claim", link.earlier)["later"] == []


def test_a_claim_does_not_give_an_effect_nobody_accepted(client):
    effect = EffectFactory(proposed=True)
    assert detail(client, "claim", effect.claim)["developments"] == []
    assert detail(client, "development", effect.development)["effects"] == []


@pytest.mark.parametrize("parameter", ["claim", "effect"])
def test_an_effect_nobody_accepted_filters_nothing_in(client, parameter):
    effect = EffectFactory(proposed=True)
    value = {"claim": effect.claim.public_id, "effect": effect.kind}[parameter]
    assert listed(client, "development", **{parameter: value}) == []


def test_a_development_gives_the_later_claim_it_rests_on(client):
    later = ClaimFactory(accepted=True)
    effect = EffectFactory(development__document=None, development__claim=later)
    answer = detail(client, "development", effect.development)
    assert (answer["claim"], answer["document"]) == (later.public_id, None)


def test_a_verification_names_the_versions_before_and_after(client):
    old = verify(ClaimFactory(accepted=True))
    new = supersede(old)
    assert detail(client, "verification", old)["superseded_by"] == new.public_id
    assert detail(client, "verification", new)["supersedes"] == old.public_id


def test_a_verification_does_not_name_a_successor_that_is_a_draft(client):
    old = verify(ClaimFactory(accepted=True))
    succeed(old, UserFactory())
    assert detail(client, "verification", old)["superseded_by"] is None


def test_a_withdrawn_verification_says_why(client):
    verification = withdrawn(verify(ClaimFactory(accepted=True)), "La source est un faux.")
    assert detail(client, "verification", verification)["withdrawal"] == {
        "reason": "La source est un faux.",
        "withdrawn_at": "2025-12-08T13:00:00+01:00",
    }


def test_verifications_in_force_are_neither_superseded_nor_withdrawn(client):
    current = supersede(verify(ClaimFactory(accepted=True)))
    withdrawn(verify(ClaimFactory(accepted=True)), "La source est un faux.")
    assert listed(client, "verification", current="true") == [current.public_id]


def test_of_a_protected_source_only_the_note_is_given(client):
    draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    piece = EvidenceFactory(verification=draft, document=None, protected=True, note="Confirmé.")
    keep_source(piece.pk, "Ida Nom", "06 00 00 00 00")
    submit(draft, draft.author)
    publish(draft, UserFactory())
    (given,) = detail(client, "verification", draft)["evidence"]
    known = {name: value for name, value in given.items() if value is not None}
    assert known == {"protected": True, "note": "Confirmé."}


class TestCorrections:
    def test_are_given_with_before_and_after(self, client):
        claim = ClaimFactory(accepted=True, wording="Trois écoles.")
        correct(claim, "error", "Nous avions écrit trois.", UserFactory(), wording="Deux écoles.")
        (given,) = client.get("/api/v1/corrections/").json()["results"]
        assert (given["claim"], given["before"], given["after"], given["page"]) == (
            claim.public_id,
            "Trois écoles.",
            "Deux écoles.",
            f"http://testserver/claims/{claim.public_id}/",
        )

    @pytest.mark.parametrize("name", ["claim", "verification", "development"])
    def test_come_with_what_they_concern(self, client, name):
        row = {
            "claim": lambda: ClaimFactory(accepted=True),
            "verification": lambda: verify(ClaimFactory(accepted=True)),
            "development": lambda: EffectFactory().development,
        }[name]()
        correct(row, "update", "Un chiffre nouveau.", UserFactory())
        (given,) = detail(client, name, row)["corrections"]
        assert given["note"] == "Un chiffre nouveau."

    def test_are_filtered_by_what_they_concern(self, client):
        wanted, other = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
        for claim in (wanted, other):
            correct(claim, "update", "Un chiffre nouveau.", UserFactory())
        answer = client.get("/api/v1/corrections/", {"claim": wanted.public_id}).json()
        assert [given["claim"] for given in answer["results"]] == [wanted.public_id]
