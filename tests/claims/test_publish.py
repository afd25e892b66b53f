from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from claims import roles
from claims.gates import Closed
from claims.models import Verification
from claims.publish import (
    missing,
    publish,
    send_back,
    still_holds,
    submit,
    succeed,
    withdraw,
)
from sources.history import record_clock
from tests.factories import NOON, ClaimFactory, EvidenceFactory, UserFactory, VerificationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def draft():
    """A draft that lacks nothing but its review and its publication."""
    verification = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    EvidenceFactory(verification=verification)
    return verification


@pytest.fixture
def in_review(draft):
    submit(draft, draft.author)
    return draft


@pytest.fixture
def chief():
    return UserFactory(role=roles.CHIEF)


def test_a_draft_is_not_public(draft):
    assert draft not in Verification.objects.published()


def test_what_is_in_review_is_not_public(in_review):
    assert in_review not in Verification.objects.published()


def test_what_was_reviewed_and_lacks_nothing_is_published(in_review):
    publish(in_review, UserFactory())
    assert in_review in Verification.objects.published()


def test_it_says_who_approved_it(in_review):
    publish(in_review, editor := UserFactory())
    assert in_review.approved_by == editor


def test_a_draft_is_not_published_without_review(draft):
    with pytest.raises(Closed, match="in review before"):
        publish(draft, UserFactory())


def test_its_author_does_not_approve_it(in_review):
    with pytest.raises(Closed, match="Somebody else"):
        publish(in_review, in_review.author)


def test_it_is_published_once(in_review):
    publish(in_review, UserFactory())
    with pytest.raises(Closed, match="neither changed nor deleted"):
        publish(in_review, UserFactory())


def test_a_contributor_does_not_publish(in_review):
    with pytest.raises(PermissionDenied):
        publish(in_review, UserFactory(role=roles.CONTRIBUTOR))


def test_sent_back_it_is_a_draft_again(in_review):
    send_back(in_review, UserFactory(), "La date manque.")
    assert in_review.status == Verification.Status.DRAFT


def test_all_that_is_missing_is_said_at_once():
    draft = VerificationFactory()
    assert missing(draft) == ["It is about no claim yet.", "It has no evidence yet."]


def test_of_what_lacks_nothing_nothing_is_missing(draft):
    assert missing(draft) == []


def test_what_is_missing_is_said_in_french():
    with translation.override("fr"):
        assert missing(VerificationFactory(claims=[ClaimFactory(accepted=True)])) == [
            "Elle n’a pas encore d’élément de preuve."
        ]


def test_a_successor_takes_its_place(in_review):
    publish(in_review, UserFactory())
    successor = succeed(in_review, UserFactory())
    submit(successor, successor.author)
    publish(successor, UserFactory())
    assert (list(Verification.objects.latest_versions()), in_review.successor) == (
        [successor],
        successor,
    )


def test_the_superseded_version_stays_public():
    first = VerificationFactory(published=True)
    second = succeed(first, UserFactory())
    submit(second, second.author)
    publish(second, UserFactory())
    assert set(Verification.objects.published()) == {first, second}


def test_a_draft_successor_changes_nothing():
    first = VerificationFactory(published=True)
    succeed(first, UserFactory())
    assert (list(Verification.objects.latest_versions()), first.successor) == ([first], None)


def test_what_is_withdrawn_keeps_its_page_and_says_why(chief):
    verification = VerificationFactory(published=True)
    withdraw(verification, chief, "La source s’est rétractée.")
    assert Verification.objects.published().get().withdrawal.reason == "La source s’est rétractée."


def test_an_editor_does_not_withdraw():
    verification = VerificationFactory(published=True)
    with pytest.raises(PermissionDenied):
        withdraw(verification, UserFactory(), "Erreur.")


def test_a_draft_is_not_withdrawn(draft, chief):
    with pytest.raises(Closed, match="Only what is published"):
        withdraw(draft, chief, "Erreur.")


def test_what_is_withdrawn_can_be_superseded(chief):
    first = VerificationFactory(published=True)
    withdraw(first, chief, "Erreur.")
    second = succeed(first, UserFactory())
    submit(second, second.author)
    publish(second, UserFactory())
    assert list(Verification.objects.latest_versions()) == [second]


def test_the_day_to_look_again_is_that_of_what_stands(chief):
    first = VerificationFactory(review_by=NOON.date(), published=True)
    due = Verification.objects.due_for_review
    before = list(due(NOON.date()))
    withdraw(first, chief, "Erreur.")
    assert (before, list(due(NOON.date()))) == ([first], [])


DAY, NEXT_YEAR = date(2026, 6, 1), date(2027, 6, 1)


@pytest.fixture
def due():
    return VerificationFactory(published=True, review_by=DAY)


def recheck(verification, review_by=NEXT_YEAR):
    with record_clock(NOON):
        return still_holds(verification, review_by, "Relu : rien n’a changé.", UserFactory())


def test_what_still_holds_is_not_due_until_its_new_day(due):
    recheck(due)
    assert due not in Verification.objects.due_for_review(DAY)
    assert due in Verification.objects.due_for_review(NEXT_YEAR)


def test_what_still_holds_says_since_when_it_is_due_again(due):
    recheck(due)
    assert Verification.objects.due_for_review(NEXT_YEAR).get().look_again_on == NEXT_YEAR


def test_the_longest_due_comes_first_however_often_it_was_put_off(due):
    later = VerificationFactory(published=True, review_by=date(2026, 7, 1))
    recheck(due, date(2026, 8, 1))
    assert list(Verification.objects.due_for_review(NEXT_YEAR)) == [later, due]


def test_what_still_holds_stays_as_it_was_published(due):
    recheck(due)
    due.refresh_from_db()
    assert due.review_by == DAY
