"""Two editors are never given the same candidate."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from claims import roles
from claims.hold import free, release, take, take_next
from claims.models import Claim, Hold
from tests.factories import ClaimFactory, SentenceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return UserFactory()


@pytest.fixture
def colleague():
    return UserFactory()


def run_out():
    Hold.objects.update(until=timezone.now() - timedelta(seconds=1))


def test_the_best_candidate_is_given_first(editor):
    ClaimFactory(check_worthiness=0.2)
    best = ClaimFactory(check_worthiness=0.9)
    assert take_next(Claim.objects.candidates(), editor) == best.pk


def test_what_one_editor_has_the_other_is_not_given(editor, colleague):
    first, second = ClaimFactory(check_worthiness=0.9), ClaimFactory()
    given = [take_next(Claim.objects.candidates(), user) for user in (editor, colleague)]
    assert given == [first.pk, second.pk]


def test_an_editor_is_given_their_own_again(editor):
    claim = ClaimFactory()
    given = [take_next(Claim.objects.candidates(), editor) for _ in range(2)]
    assert given == [claim.pk, claim.pk]


def test_nothing_is_given_where_others_have_it_all(editor, colleague):
    take(ClaimFactory(), colleague)
    assert take_next(Claim.objects.candidates(), editor) is None


def test_what_ran_out_is_free_again(editor, colleague):
    claim = ClaimFactory()
    take(claim, colleague)
    run_out()
    assert take_next(Claim.objects.candidates(), editor) == claim.pk


def test_it_lasts_ten_minutes_from_when_it_was_renewed(editor):
    claim = ClaimFactory()
    first = take(claim, editor).until
    second = take(claim, editor).until
    assert first < second
    assert abs(second - timezone.now() - timedelta(minutes=10)) < timedelta(minutes=1)


def test_another_s_hold_stays_and_says_whose_it_is(editor, colleague):
    claim = ClaimFactory()
    take(claim, colleague)
    assert take(claim, editor).editor == colleague


def test_a_chief_takes_it_over(colleague):
    claim, chief = ClaimFactory(), UserFactory(role=roles.CHIEF)
    take(claim, colleague)
    assert take(claim, chief, over=True).editor == chief


def test_an_editor_does_not_take_over(editor, colleague):
    claim = ClaimFactory()
    take(claim, colleague)
    with pytest.raises(PermissionDenied):
        take(claim, editor, over=True)


def test_what_is_decided_is_held_by_nobody(editor):
    assert take(ClaimFactory(accepted=True), editor) is None


def test_what_an_editor_left_is_free(editor, colleague):
    claim = ClaimFactory()
    take(claim, editor)
    release(claim.pk, editor)
    assert free(Claim.objects.all(), colleague).get() == claim


def test_a_page_that_was_left_does_not_release_what_its_editor_opened_anew(editor):
    claim = ClaimFactory()
    until = take(claim, editor).until
    take(claim, editor)
    release(claim.pk, editor, until)
    assert Hold.objects.filter(claim=claim).exists()


def test_nobody_releases_what_another_holds(editor, colleague):
    claim = ClaimFactory()
    take(claim, editor)
    release(claim.pk, colleague)
    assert Hold.objects.filter(claim=claim).exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_two_are_given_the_same():
    sentence = SentenceFactory()
    for number in range(24):
        ClaimFactory(sentence=sentence, content=[(0, number + 1)], speaker=None)
    editors = [UserFactory() for _ in range(6)]
    barrier = Barrier(len(editors))

    def work(editor):
        """Four rounds, each after the other without leaving what was given before."""
        try:
            barrier.wait()
            given = []
            for _round in range(4):
                rows = Claim.objects.candidates().exclude(pk__in=given)
                given.append(take_next(rows, editor))
            return given
        finally:
            connection.close()

    with ThreadPoolExecutor(len(editors)) as pool:
        given = [claim for claims in pool.map(work, editors) for claim in claims]
    assert sorted(given) == sorted(Claim.objects.values_list("pk", flat=True))
