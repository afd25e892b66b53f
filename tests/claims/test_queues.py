import pytest

from claims.counted import Counted
from claims.models import Claim, Verification
from claims.publish import send_back, submit
from claims.queues import sent_back, waiting
from sources.models import Publisher
from tests.factories import PublisherFactory, UserFactory, VerificationFactory

pytestmark = pytest.mark.django_db


def test_what_waits_is_counted():
    PublisherFactory.create_batch(3)
    assert waiting(Publisher.objects.all()) == Counted(3)


def test_counting_stops_where_there_is_more():
    PublisherFactory.create_batch(3)
    assert waiting(Publisher.objects.all(), most=2) == Counted(2, more=True)


def test_nothing_waits():
    assert not waiting(Claim.objects.candidates())


def draft(*reasons):
    """One that was sent back for each of these reasons."""
    verification = VerificationFactory()
    for reason in reasons:
        submit(verification, verification.author)
        send_back(verification, UserFactory(), reason)
    return verification


def test_a_draft_that_was_sent_back_says_why_last():
    verification = draft("Il manque une source.", "La date est fausse.")
    assert sent_back([verification]) == {verification.pk: "La date est fausse."}


def test_a_new_draft_was_not_sent_back():
    assert sent_back([draft()]) == {}


def test_drafts_are_asked_about_together(django_assert_num_queries):
    draft("Une source."), draft("Une date.")
    drafts = list(Verification.objects.all())
    with django_assert_num_queries(1):
        assert len(sent_back(drafts)) == 2
