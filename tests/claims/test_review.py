"""What an author and those who read a verification tell each other."""

import pytest
from django.core.exceptions import PermissionDenied

from claims import roles
from claims.gates import Closed
from claims.models import ReviewNote
from claims.publish import missing, publish, send_back, submit
from claims.review import note, sent_by, settle, since_it_was_sent
from tests.factories import ClaimFactory, EvidenceFactory, UserFactory, VerificationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def in_review():
    verification = VerificationFactory(
        claims=[ClaimFactory(accepted=True)], author=UserFactory(role=roles.CONTRIBUTOR)
    )
    EvidenceFactory(verification=verification)
    submit(verification, verification.author)
    return verification


@pytest.fixture
def reader():
    return UserFactory()


def test_a_note_does_not_hold_up_the_publication(in_review, reader):
    note(in_review, "Sûr ?", reader)
    publish(in_review, reader)
    assert in_review.status == "published"


def test_one_that_blocks_does_until_it_is_settled(in_review, reader):
    blocking = note(in_review, "Sûr ?", reader, blocks=True)
    assert missing(in_review) == ["A review note that blocks it is not settled yet."]
    with pytest.raises(Closed):
        publish(in_review, reader)
    settle(blocking, reader)
    publish(in_review, reader)
    assert in_review.status == "published"


def test_the_author_settles_what_does_not_block(in_review, reader):
    settle(note(in_review, "Sûr ?", reader), in_review.author)
    settled = ReviewNote.objects.get()
    assert settled.settled_by == in_review.author


def test_the_author_does_not_lift_what_blocks(in_review, reader):
    blocking = note(in_review, "Sûr ?", reader, blocks=True)
    with pytest.raises(PermissionDenied, match="lifts it"):
        settle(blocking, in_review.author)
    assert ReviewNote.objects.unsettled().exists()


def test_another_editor_lifts_it(in_review, reader):
    settle(note(in_review, "Sûr ?", reader, blocks=True), UserFactory())
    assert not ReviewNote.objects.unsettled().exists()


def test_what_changed_since_it_was_sent(in_review, reader):
    assert since_it_was_sent(in_review) == []
    in_review.summary = "Autrement."
    in_review.save()
    (change,) = since_it_was_sent(in_review)
    assert change.differences[0].after == "Autrement."


def test_who_sent_it(in_review, reader):
    send_back(in_review, reader, "À revoir.")
    submit(in_review, reader)
    assert sent_by(in_review) == reader
