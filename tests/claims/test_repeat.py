import pytest
from django.core.exceptions import PermissionDenied

from claims import decide, roles
from claims.models import Link
from claims.repeat import repeat
from sources.partial_date import PartialDate
from tests.factories import ClaimFactory, LinkFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_claim_and_the_link_are_public():
    claim, earlier = ClaimFactory(), ClaimFactory(accepted=True)
    repeat(claim, earlier, UserFactory())
    assert Link.objects.published().get().claim == claim


@pytest.mark.parametrize(("day", "is_later"), [("2025-12-02", False), ("2025-12-04", True)])
def test_the_later_repeats_the_earlier(day, is_later):
    claim = ClaimFactory(said_on=PartialDate.parse(day))
    link = repeat(claim, ClaimFactory(accepted=True), UserFactory())
    assert (link.claim == claim) is is_later


def test_a_link_refused_before_is_accepted():
    link, editor = LinkFactory(), UserFactory()
    decide.refuse_proposals(Link.objects.all(), editor)
    repeat(link.claim, link.earlier, editor)
    assert Link.objects.published().get() == link


def test_a_contributor_links_nothing():
    with pytest.raises(PermissionDenied):
        repeat(ClaimFactory(), ClaimFactory(), UserFactory(role=roles.CONTRIBUTOR))
