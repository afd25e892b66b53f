import pytest

from claims.models import Verification
from claims.publish import NotPublishable, publish
from tests.factories import NOON, ClaimFactory, EvidenceFactory, UserFactory, VerificationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def draft():
    """A draft that lacks nothing but its publication."""
    verification = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    EvidenceFactory(verification=verification)
    return verification


def test_a_draft_is_not_public(draft):
    assert draft not in Verification.objects.published()


def test_a_draft_that_lacks_nothing_is_published(draft):
    publish(draft, UserFactory(), NOON)
    assert draft in Verification.objects.published()


def test_it_says_who_approved_it_and_when(draft):
    editor = UserFactory()
    publish(draft, editor, NOON)
    draft.refresh_from_db()
    assert (draft.approved_by, draft.published_at) == (editor, NOON)


def test_its_author_does_not_approve_it(draft):
    with pytest.raises(NotPublishable, match="Somebody else"):
        publish(draft, draft.author, NOON)


def test_it_needs_evidence(draft):
    draft.evidence.all().delete()
    with pytest.raises(NotPublishable, match="evidence"):
        publish(draft, UserFactory(), NOON)


def test_it_needs_a_claim(draft):
    draft.claims.clear()
    with pytest.raises(NotPublishable, match="no claim"):
        publish(draft, UserFactory(), NOON)


def test_it_is_about_accepted_claims_only(draft):
    draft.claims.add(ClaimFactory())
    with pytest.raises(NotPublishable, match="not been accepted"):
        publish(draft, UserFactory(), NOON)


def test_it_is_published_once(draft):
    publish(draft, UserFactory(), NOON)
    with pytest.raises(NotPublishable, match="already"):
        publish(draft, UserFactory(), NOON)
