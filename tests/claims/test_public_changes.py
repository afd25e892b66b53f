"""When readers saw something change last, by the database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from claims.models import Claim, LastChange
from tests.factories import ClaimFactory, VerificationFactory
from tests.raw_sql import sql


def changed_at():
    return LastChange.objects.get().at


def reword(claim, wording="Autrement."):
    Claim.objects.filter(pk=claim.pk).update(wording=wording)


def meanwhile(act):
    """Done and committed over another connection."""

    def alone():
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(alone).result()


@pytest.mark.django_db(transaction=True)
class TestTheLastChange:
    def test_is_in_a_second_of_its_own(self):
        claim = ClaimFactory(accepted=True)
        times = [changed_at()]
        for wording in "abc":
            reword(claim, wording)
            times.append(changed_at())
        assert times == sorted(set(times))
        assert not any(at.microsecond for at in times[1:])

    def test_is_that_which_was_committed_last(self):
        claim, other = ClaimFactory.create_batch(2, accepted=True)
        with transaction.atomic():
            reword(claim)
            meanwhile(lambda: reword(other))
            between = meanwhile(changed_at)
        assert changed_at() > between

    def test_keeps_nobody_waiting_who_changes_what_nobody_sees(self):
        claim, candidate = ClaimFactory(accepted=True), ClaimFactory()
        before = changed_at()
        with transaction.atomic():
            reword(claim)
            sql("SET CONSTRAINTS ALL IMMEDIATE")
            meanwhile(lambda: reword(candidate))
            assert meanwhile(changed_at) == before

    def test_is_that_somebody_writes_about_what_is_shown(self):
        claim, candidate = ClaimFactory(accepted=True), ClaimFactory()
        draft = VerificationFactory(claims=[])
        before = changed_at()
        draft.claims.add(candidate)
        assert changed_at() == before
        draft.claims.add(claim)
        assert changed_at() > before

    def test_is_none_that_was_taken_back(self):
        claim = ClaimFactory(accepted=True)
        before = changed_at()
        with transaction.atomic():
            reword(claim)
            transaction.set_rollback(True)
        assert changed_at() == before
