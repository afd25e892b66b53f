import pytest

from claims import decide
from claims.models import Claim
from tests.factories import ClaimFactory, UserFactory, VerificationFactory

pytestmark = pytest.mark.django_db


def test_an_accepted_claim_is_public():
    claim = ClaimFactory()
    decide.accept(Claim.objects.all(), UserFactory())
    assert list(Claim.objects.published()) == [claim]


def test_a_rejected_claim_is_neither_public_nor_a_candidate():
    ClaimFactory()
    decide.reject(Claim.objects.all(), UserFactory())
    assert [*Claim.objects.published(), *Claim.objects.candidates()] == []


def test_a_decision_says_who_made_it():
    ClaimFactory()
    editor = UserFactory()
    decide.accept(Claim.objects.all(), editor)
    assert Claim.objects.get().decided_by == editor


def test_accepting_again_keeps_the_first_decision():
    ClaimFactory()
    first = UserFactory()
    decide.accept(Claim.objects.all(), first)
    changed = decide.accept(Claim.objects.all(), UserFactory())
    assert (changed, Claim.objects.get().decided_by) == (0, first)


def test_a_decision_can_be_reversed():
    ClaimFactory(accepted=True)
    decide.reject(Claim.objects.all(), UserFactory())
    assert Claim.objects.get().status == Claim.Status.REJECTED


def test_a_claim_with_a_published_verification_stays_in():
    claim = ClaimFactory(accepted=True)
    VerificationFactory(published=True, claims=[claim])
    assert decide.reject(Claim.objects.all(), UserFactory()) == 0


def test_candidates_come_the_most_worth_checking_first():
    claims = [ClaimFactory(check_worthiness=worth) for worth in (0.2, 0.9, 0.5)]
    assert list(Claim.objects.candidates()) == [claims[1], claims[2], claims[0]]
