import pytest

from claims import decide
from claims.hold import take
from claims.models import Claim
from tests.factories import ClaimFactory, SpeakerFactory, UserFactory, VerificationFactory

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


def test_a_rejection_has_a_reason_until_it_is_reversed():
    ClaimFactory()
    decide.reject(Claim.objects.all(), UserFactory(), because="cut_wrong")
    assert Claim.objects.get().rejected_because == "cut_wrong"
    decide.accept(Claim.objects.all(), UserFactory())
    assert Claim.objects.get().rejected_because == ""


def test_nothing_is_asked_of_a_claim_with_a_speaker_or_of_the_document_s_own():
    claims = [ClaimFactory(), ClaimFactory(quotation="none", speaker=None)]
    assert [decide.to_ask(claim) for claim in claims] == ["", ""]


def test_it_is_asked_who_of_several_said_it(english):
    claim = ClaimFactory(speaker=None)
    claim.possible_speakers.set([SpeakerFactory(), SpeakerFactory()])
    assert decide.to_ask(claim) == "Several may have said it: who did?"


def test_it_is_asked_who_said_it_where_nobody_is_named(english):
    question = decide.to_ask(ClaimFactory(speaker=None))
    assert question == "Somebody said it, but nobody is named: who did?"


def test_of_several_those_are_let_in_of_which_nothing_is_asked():
    fine, unclear = ClaimFactory(), ClaimFactory(speaker=None)
    decided = decide.accept_each([fine.pk, unclear.pk], UserFactory())
    assert (decided.done, [claim for claim, _why in decided.left]) == ([fine], [unclear])
    assert Claim.objects.published().get() == fine


def test_of_several_those_are_left_alone_that_another_is_at(english):
    held, editor = ClaimFactory(), UserFactory()
    take(held, UserFactory(username="jeanne"))
    decided = decide.reject_each([held.pk, ClaimFactory().pk], editor, "not_a_claim")
    assert (len(decided.done), decided.left) == (1, [(held, "jeanne is at it.")])
    held.refresh_from_db()
    assert held.status == "candidate"


def test_of_several_those_are_left_alone_that_were_decided():
    claim = ClaimFactory(accepted=True)
    decided = decide.reject_each([claim.pk], UserFactory(), "not_a_claim")
    claim.refresh_from_db()
    assert (decided.done, claim.status) == ([], "accepted")
