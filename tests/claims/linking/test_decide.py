"""What an editor makes of a proposed link: another kind, and back again."""

import pytest
from django.core.exceptions import PermissionDenied

from claims import decide, roles
from claims.linking.decide import accept_as, take_back_link
from claims.models import Link
from claims.repeat import repeat
from claims.take_back import NothingToTakeBack
from tests.factories import ClaimFactory, LinkFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return UserFactory()


@pytest.fixture
def link():
    return LinkFactory(kind="contradicts", score=0.8)


def now(link):
    link.refresh_from_db()
    return link.kind, link.status


def test_a_contradiction_is_accepted_as_an_update(link, editor):
    accept_as(link, "updates", editor)
    assert now(link) == ("updates", "accepted")


def test_where_the_update_was_refused_it_is_accepted_and_the_contradiction_refused(link, editor):
    update = LinkFactory(claim=link.earlier, earlier=link.claim, kind="updates")
    decide.refuse_proposals(Link.objects.filter(pk=update.pk), editor)
    assert accept_as(link, "updates", editor) == update
    assert (now(link)[1], now(update)[1]) == ("refused", "accepted")


def test_a_contributor_decides_nothing(link):
    with pytest.raises(PermissionDenied):
        accept_as(link, "updates", UserFactory(role=roles.CONTRIBUTOR))


def test_a_decision_is_taken_back_with_the_kind_it_gave(link, editor):
    accept_as(link, "updates", editor)
    assert take_back_link(editor) == [link]
    assert now(link) == ("contradicts", "proposed")


def test_many_refused_at_once_are_taken_back_at_once(editor):
    links = [LinkFactory(), LinkFactory()]
    decide.refuse_proposals(Link.objects.all(), editor)
    assert {*take_back_link(editor)} == {*links}


def test_what_somebody_else_decided_is_left_alone(link, editor):
    decide.refuse_proposals(Link.objects.filter(pk=link.pk), editor)
    decide.accept_proposals(Link.objects.filter(pk=link.pk), UserFactory())
    with pytest.raises(NothingToTakeBack):
        take_back_link(editor)


def test_what_was_decided_with_a_claim_is_taken_back_there(editor):
    repeat(ClaimFactory(), ClaimFactory(accepted=True), editor)
    with pytest.raises(NothingToTakeBack):
        take_back_link(editor)
