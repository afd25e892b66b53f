"""Candidates whose document is dated after it was read."""

import pytest

from claims.date import date_candidates
from claims.extraction import Reading
from claims.models import Claim
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db


class Found:
    """A candidate as a later reading finds it."""

    said_on = "2025-12-02"

    def __init__(self, claim):
        self.content = [(span.lower, span.upper) for span in claim.content]


def dated(**fields):
    claim = ClaimFactory(**{"said_on": None} | fields)
    claim.refresh_from_db()
    date_candidates(claim.sentence.snapshot, Reading([], [Found(claim)]))
    return Claim.objects.get().said_on


def test_a_candidate_is_dated():
    assert dated().isoformat() == "2025-12-02"


def test_what_was_decided_on_is_not():
    assert dated(accepted=True) is None


def test_what_has_a_day_keeps_it():
    assert dated(said_on="2025-11").isoformat() == "2025-11"
